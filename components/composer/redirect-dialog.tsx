'use client'
import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { problemText } from '@/lib/client/actions'
import { codeOf } from '@/lib/client/api'
import { messageKey } from '@/lib/client/cache/state'
import { steadyPress } from '@/lib/client/press'
import { useApp, useMail } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { isCompleteAddress, type Address } from '@/lib/model/address'
import { AddressField } from './addresses/field'
import { problemOf } from './addresses/problem'
import { letterAt } from './commands'
import { redirect } from './redirect'
import { takeWanted } from './redirect-wish'

/** To whom a message goes on as it is. */
export default function RedirectDialog({ onClose }: { onClose: () => void }) {
  const app = useApp()
  const words = useWords()
  const { composer } = words
  const [wish] = useState(takeWanted)
  const [at] = useState(() => wish.at ?? letterAt(app))
  const subject = useMail((state) => wish.subject || (at && state.details.get(messageKey(at))?.subject))
  const [to, setTo] = useState<Address[]>(wish.to)
  const [press] = useState(steadyPress)
  const [sending, setSending] = useState<'idle' | 'busy'>('idle')
  const [failure, setFailure] = useState('')
  // What is typed but no pill yet becomes one when the button is pressed, before this is drawn again.
  const latest = useRef(to)
  const commit = useRef<() => void>(() => undefined)
  const change = (list: Address[]) => {
    latest.current = list
    setTo(list)
    setFailure('')
  }
  if (!at) return null
  const wrong = to.find(({ address }) => !isCompleteAddress(address))
  const problem = wrong && problemOf(wrong)
  const said = problem ? composer.problems[problem](wrong.address) : failure
  // Whatever was typed stays until it is known that it left.
  const leave = () => sending === 'idle' && onClose()
  const confirm = async () => {
    commit.current()
    const all = latest.current
    if (all.length === 0 || all.some(({ address }) => !isCompleteAddress(address))) return
    setSending('busy')
    setFailure('')
    try {
      await redirect(app, { at, to: all, id: press(JSON.stringify(all)) })
      onClose()
    } catch (trouble) {
      if (codeOf(trouble) === 'signed-out') app.mail.apply({ type: 'signed-out' })
      setFailure(problemText(app, composer.redirect.send, trouble))
      setSending('idle')
    }
  }
  return (
    <Dialog
      open
      width="m"
      onClose={leave}
      close={words.shell.close}
      title={composer.redirect.title}
      description={composer.redirect.hint(subject || words.reader.noSubject)}
      footer={
        <>
          <Button onClick={leave}>{words.shell.cancel}</Button>
          <Button kind="primary" state={sending} onClick={() => void confirm()}>
            {composer.redirect.send}
          </Button>
        </>
      }
    >
      <div data-scope="composer" className="-mx-5 min-h-56">
        <AddressField
          label={composer.to}
          list={to}
          autoFocus
          onChange={change}
          onCommit={(hand) => {
            commit.current = hand
            return () => undefined
          }}
        />
        {said && (
          <p role="alert" className="px-[18px] pt-2 text-sm wrap-anywhere text-bad">
            {said}
          </p>
        )}
      </div>
    </Dialog>
  )
}
