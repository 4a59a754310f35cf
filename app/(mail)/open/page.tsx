import { redirect } from 'next/navigation'
import { NotHere } from '@/components/shell/not-here'
import { findMessage } from '@/lib/server/actions/find-message'
import { attempt, signedIn } from '../first-paint'

interface Asked {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** A link that tickets and notes can carry: `/open?message-id=…` leads to the message, wherever it is filed. */
export default async function OpenPage({ searchParams }: Asked) {
  const session = await signedIn()
  const wanted = (await searchParams)['message-id']
  const found = typeof wanted === 'string' ? await attempt(session, (who) => findMessage(who, wanted)) : null
  if (found) redirect(`/mail/${session.account}/${found.folder}/${found.message}`)
  return <NotHere />
}
