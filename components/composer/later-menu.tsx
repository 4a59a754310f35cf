'use client'
import { ChevronDown, Clock } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/input'
import { Menu, MenuHeading, MenuItem, MenuPanel, MenuTrigger } from '@/components/ui/menu'
import { ownLocale } from '@/lib/client/clock'
import { useApp } from '@/lib/client/react'
import { useLaterWords } from '@/lib/i18n/later'
import { useWords } from '@/lib/i18n/react'
import { fieldOf, mornings, problemOfTime } from './later'
import type { Letter } from './letter'
import { sendLater } from './send'

const timeOf = (at: Date): string =>
  at.toLocaleTimeString(ownLocale(), { hour: 'numeric', minute: '2-digit' })

/** Beside Send: when it is to leave instead. */
export function LaterMenu({ letter }: { letter: Letter }) {
  const app = useApp()
  const { composer } = useWords()
  const { outbox: words } = useLaterWords()
  const [choosing, setChoosing] = useState<'no' | 'yes'>('no')
  return (
    <>
      <Menu>
        <MenuTrigger
          aria-label={composer.sendLater}
          data-tip={composer.sendLater}
          className="grid h-9 w-8 shrink-0 place-items-center rounded-e-s border-s border-accent-ink/25 bg-accent text-accent-ink shadow-low hover:bg-accent-strong pointer-coarse:h-11 pointer-coarse:w-9"
        >
          <ChevronDown className="lucide" />
        </MenuTrigger>
        <MenuPanel align="start">
          <MenuHeading>{composer.sendLater}</MenuHeading>
          {mornings(new Date()).map(({ kind, at }) => (
            <MenuItem
              key={kind}
              icon={<Clock className="lucide" />}
              onSelect={() => void sendLater(letter, app, at)}
            >
              {words[kind](timeOf(at))}
            </MenuItem>
          ))}
          <MenuItem icon={<Clock className="lucide" />} onSelect={() => setChoosing('yes')}>
            {words.choose}
          </MenuItem>
        </MenuPanel>
      </Menu>
      {choosing === 'yes' && <ChooseTime letter={letter} onClose={() => setChoosing('no')} />}
    </>
  )
}

function ChooseTime({ letter, onClose }: { letter: Letter; onClose: () => void }) {
  const app = useApp()
  const { outbox: words } = useLaterWords()
  const [typed, setTyped] = useState(() => fieldOf(mornings(new Date())[0]!.at))
  const [tried, setTried] = useState<'no' | 'yes'>('no')
  const problem = problemOfTime(new Date(typed), new Date())
  const said = problem === 'past' ? words.past : problem && words.tooFar
  const form = useId()
  const take = () => {
    setTried('yes')
    if (problem) return
    onClose()
    void sendLater(letter, app, new Date(typed))
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.chooseTitle}
      close={words.close}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" type="submit" form={form}>
            {words.schedule}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          take()
        }}
      >
        <Field
          type="datetime-local"
          label={words.when}
          value={typed}
          problem={tried === 'yes' && said ? said : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
      </form>
    </Dialog>
  )
}
