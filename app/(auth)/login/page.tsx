import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { SignIn } from '@/components/shell/sign-in'
import { languageFor } from '@/lib/i18n'
import { wordsFor } from '@/lib/i18n/all'
import { demoAccounts } from '@/lib/server/auth/demo'
import { session } from '@/lib/server/auth/page-session'
import { config } from '@/lib/server/config'

export const generateMetadata = async (): Promise<Metadata> => {
  const language = languageFor(undefined, (await headers()).get('accept-language'))
  return { title: wordsFor(language).auth.pageTitle }
}

export default async function LoginPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const { next } = await searchParams
  if (await session()) redirect('/mail/0/inbox')
  return (
    <SignIn server={config().domain} demo={demoAccounts()} next={typeof next === 'string' ? next : null} />
  )
}
