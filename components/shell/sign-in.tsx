'use client'
import { ArrowRight, CircleAlert, Eye, EyeOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Horn } from '@/components/ui/horn'
import { IconButton } from '@/components/ui/icon-button'
import { Field } from '@/components/ui/input'
import { call, codeOf, wordsOf } from '@/lib/client/api'
import { basePath, withBase } from '@/lib/client/base'
import { rememberClock } from '@/lib/client/clock'
import { useWords } from '@/lib/i18n/react'

interface DemoAccount {
  address: string
  password: string
}

export interface SignInProps {
  /** The domain whose mail this is. */
  server: string
  /** Offered on a demo stack; empty elsewhere. */
  demo: readonly DemoAccount[]
  /** Where to go afterwards, as the address bar gave it. */
  next: string | null
}

/** Only a path of our own is followed: `//elsewhere` and `https:` are not. */
export const safeNext = (next: string | null): `/${string}` =>
  next && /^\/(?![/\\])[^\u0000-\u001f\\]*$/.test(next) ? (next as `/${string}`) : '/mail/0/inbox'

const useSignIn = (next: string | null) => {
  const [state, setState] = useState<'idle' | 'busy'>('idle')
  const [problem, setProblem] = useState<unknown>(null)
  const enter = async (address: string, password: string) => {
    setState('busy')
    setProblem(null)
    try {
      await call('signIn', { address, password })
      // A full load: the session's first page comes with its rows already in it.
      window.location.assign(withBase(safeNext(next)))
    } catch (caught) {
      setProblem(caught)
      setState('idle')
    }
  }
  return { state, problem, enter }
}

function ProblemNote({ problem }: { problem: unknown }) {
  const { title, advice } = wordsOf(useWords(), problem)
  return (
    <div
      role="alert"
      className="absolute inset-x-0 bottom-3 flex animate-fade gap-2.5 rounded-m bg-[color-mix(in_oklab,var(--bad)_10%,var(--canvas))] px-3 py-2.5 text-sm"
    >
      <CircleAlert className="mt-0.5 text-bad" />
      <div>
        <p className="font-medium">{title}</p>
        <p className="text-ink-2">{advice}</p>
      </div>
    </div>
  )
}

function PasswordField() {
  const { auth } = useWords()
  const [seen, setSeen] = useState<'hidden' | 'shown'>('hidden')
  const shown = seen === 'shown'
  return (
    <div className="relative">
      <Field
        label={auth.password}
        name="password"
        type={shown ? 'text' : 'password'}
        autoComplete="current-password"
        autoCapitalize="none"
        spellCheck={false}
        required
        className="pe-11"
      />
      <IconButton
        label={shown ? auth.hidePassword : auth.showPassword}
        icon={shown ? <EyeOff /> : <Eye />}
        size="s"
        onClick={() => setSeen(shown ? 'hidden' : 'shown')}
        className="absolute end-1 bottom-1 pointer-coarse:bottom-0"
      />
    </div>
  )
}

function Demo({
  accounts,
  onPick,
}: {
  accounts: readonly DemoAccount[]
  onPick: (one: DemoAccount) => void
}) {
  const { auth } = useWords()
  return (
    <section aria-labelledby="demo" className="mt-6 border-t pt-5">
      <h2 id="demo" className="text-sm font-medium">
        {auth.demoHeading}
      </h2>
      <p className="mb-2.5 text-sm text-ink-2">{auth.demoHint}</p>
      <ul className="grid gap-1">
        {accounts.map((one) => (
          <li key={one.address}>
            <button
              type="button"
              aria-label={auth.signInAs(one.address)}
              onClick={() => onPick(one)}
              className="group flex h-10 w-full items-center gap-2.5 rounded-m px-2 text-start transition-colors hover:bg-hover pointer-coarse:h-12"
            >
              <Avatar name={one.address} seed={one.address} />
              <span className="truncate">{one.address}</span>
              <ArrowRight className="ms-auto text-ink-3 opacity-0 transition-opacity group-hover:opacity-100 rtl:-scale-x-100" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function SignIn({ server, demo, next }: SignInProps) {
  const { auth } = useWords()
  const { state, problem, enter } = useSignIn(next)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => rememberClock(basePath()), [])
  useEffect(() => {
    if (problem && codeOf(problem) === 'wrong-password')
      form.current?.querySelector<HTMLInputElement>('[name=password]')?.select()
  }, [problem])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    void enter(String(typed.get('address')), String(typed.get('password')))
  }
  const pick = ({ address, password }: DemoAccount) => void enter(address, password)
  return (
    <main className="flex min-h-dvh flex-col items-center overflow-y-auto px-4 pt-[max(24px,12dvh)] pb-8">
      <div className="w-full max-w-[368px]">
        <Horn className="mx-auto mb-4 size-11" />
        <h1 className="text-center text-xl font-semibold tracking-[-0.018em]">{auth.heading}</h1>
        {/* The problem lies over the subtitle and the gap below it, so that no field moves under the finger. */}
        <div className="relative h-[78px] pt-1">
          <p className="text-center text-ink-2">{auth.server(server)}</p>
          {problem !== null && <ProblemNote problem={problem} />}
        </div>
        <div className="rounded-l border bg-raised p-6 shadow-float">
          <form ref={form} method="post" onSubmit={submit} className="grid gap-4">
            <Field
              label={auth.email}
              name="address"
              type="text"
              inputMode="email"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
              required
            />
            <PasswordField />
            <Button type="submit" kind="primary" size="l" state={state} className="mt-1">
              {auth.signIn}
            </Button>
          </form>
          {demo.length > 0 && <Demo accounts={demo} onPick={pick} />}
        </div>
      </div>
    </main>
  )
}
