'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Form } from '@/components/ui/form'
import { Field } from '@/components/ui/input'
import { problemText } from '@/lib/client/actions'
import { call, codeOf } from '@/lib/client/api'
import { loadDevices } from '@/lib/client/devices'
import { useApp } from '@/lib/client/react'
import { type LaterWords, useLaterWords } from '@/lib/i18n/later'
import { shortestPassword } from '@/lib/model/password'

type Name = 'current' | 'wanted' | 'repeat'
type Typed = Record<Name, string>
type Problems = Partial<Typed>

const nothing: Typed = { current: '', wanted: '', repeat: '' }

/** What can be seen here; the mail server judges the rest. */
const wrongWith = (words: LaterWords['account'], { current, wanted, repeat }: Typed): Problems => {
  if (current === '') return { current: words.missing }
  if ([...wanted].length < shortestPassword) return { wanted: words.atLeast(shortestPassword) }
  if (wanted === current) return { wanted: words.sameAsBefore }
  return wanted === repeat ? {} : { repeat: words.notTheSame }
}

const useChange = () => {
  const app = useApp()
  const { account: words } = useLaterWords()
  const [typed, setTyped] = useState(nothing)
  const [problems, setProblems] = useState<Problems>({})
  const [state, setState] = useState<'idle' | 'busy'>('idle')
  const change = (name: Name, value: string) => {
    setTyped((now) => ({ ...now, [name]: value }))
    setProblems(({ [name]: _, ...rest }) => rest)
  }
  const failed = (problem: unknown) => {
    const code = codeOf(problem)
    if (code === 'signed-out') return app.mail.apply({ type: 'signed-out' })
    const text = problemText(app, words.failed, problem)
    setProblems(code === 'wrong-password' ? { current: words.wrong } : { wanted: text })
  }
  const save = async () => {
    const wrong = wrongWith(words, typed)
    setProblems(wrong)
    if (Object.keys(wrong).length > 0) return
    setState('busy')
    try {
      await call('changePassword', { old: typed.current, new: typed.wanted })
      setTyped(nothing)
      app.notify({ tone: 'plain', text: words.changed })
      void loadDevices(app, words.devices)
    } catch (problem) {
      failed(problem)
    }
    setState('idle')
  }
  return { typed, problems, state, change, save }
}

/** The old one, the new one twice. What is wrong stands below the field it is about. */
export function PasswordForm() {
  const app = useApp()
  const { account: words } = useLaterWords()
  const { typed, problems, state, change, save } = useChange()
  const [seen, setSeen] = useState<'hidden' | 'shown'>('hidden')
  const field = (name: Name, completes: 'current-password' | 'new-password', hint?: string) => (
    <Field
      label={words[name]}
      name={name}
      type={seen === 'shown' ? 'text' : 'password'}
      autoComplete={completes}
      autoCapitalize="none"
      spellCheck={false}
      maxLength={1024}
      value={typed[name]}
      hint={hint}
      problem={problems[name]}
      onChange={(event) => change(name, event.target.value)}
    />
  )
  return (
    <div className="max-w-[360px]">
      <Form onSave={() => void save()}>
        {/* Password managers keep the new one under this name. */}
        <input type="hidden" autoComplete="username" name="username" value={app.person.address} readOnly />
        {field('current', 'current-password')}
        {field('wanted', 'new-password', words.atLeast(shortestPassword))}
        {field('repeat', 'new-password')}
        <label className="flex min-h-8 items-center gap-2 text-sm text-ink-2 pointer-coarse:min-h-11">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={seen === 'shown'}
            onChange={(event) => setSeen(event.target.checked ? 'shown' : 'hidden')}
          />
          {words.show}
        </label>
        <Button kind="primary" type="submit" state={state} className="justify-self-start">
          {words.change}
        </Button>
      </Form>
    </div>
  )
}
