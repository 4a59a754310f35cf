'use client'
import { useLaterWords } from '@/lib/i18n/later'
import { Devices } from './devices'
import { PasswordForm } from './password-form'
import { Setting } from './setting'

/** What opens the mail, and where it is open. */
export function Account({ password }: { password: 'offered' | 'elsewhere' }) {
  const { account: words } = useLaterWords()
  return (
    <>
      <Devices />
      <Setting title={words.password} hint={password === 'offered' ? words.passwordHint : words.notOffered}>
        {password === 'offered' && <PasswordForm />}
      </Setting>
    </>
  )
}
