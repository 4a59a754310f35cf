import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignIn } from '@/components/shell/sign-in'
import { wordsFor } from '@/lib/i18n'
import { demoAccounts } from '@/lib/server/auth/demo'
import { session } from '@/lib/server/auth/session'
import { config } from '@/lib/server/config'

export const metadata: Metadata = { title: wordsFor('en').auth.pageTitle }

export default async function LoginPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const { next } = await searchParams
  if (await session()) redirect('/mail/0/inbox')
  return (
    <SignIn server={config().domain} demo={demoAccounts()} next={typeof next === 'string' ? next : null} />
  )
}
