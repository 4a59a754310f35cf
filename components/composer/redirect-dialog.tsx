'use client'
import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { messageKey } from '@/lib/client/cache/state'
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
  const [at] = useState(() => letterAt(app))
  const subject = useMail((state) => at && state.details.get(messageKey(at))?.subject)
  const [to, setTo] = useState<Address[]>(takeWanted)
  // What is typed but no pill yet becomes one when the button is pressed, before this is drawn again.
  const latest = useRef(to)
  const commit = useRef<() => void>(() => undefined)
  const change = (list: Address[]) => {
    latest.current = list
    setTo(list)
  }
  if (!at) return null
  const wrong = to.find(({ address }) => !isCompleteAddress(address))
  const problem = wrong && problemOf(wrong)
  const confirm = () => {
    commit.current()
    const all = latest.current
    if (all.length === 0 || all.some(({ address }) => !isCompleteAddress(address))) return
    onClose()
    void redirect(app, at, all)
  }
  return (
    <Dialog
      open
      width="m"
      onClose={onClose}
      close={words.shell.close}
      title={composer.redirect.title}
      description={composer.redirect.hint(subject || words.reader.noSubject)}
      footer={
        <>
          <Button onClick={onClose}>{words.shell.cancel}</Button>
          <Button kind="primary" onClick={confirm}>
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
        {problem && wrong && (
          <p role="alert" className="px-[18px] pt-2 text-sm text-bad">
            {composer.problems[problem](wrong.address)}
          </p>
        )}
      </div>
    </Dialog>
  )
}
