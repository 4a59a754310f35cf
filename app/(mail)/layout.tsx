import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { Shell } from '@/components/shell/shell'
import { clockCookie, clockOf } from '@/lib/client/clock'
import { readPreferences } from '@/lib/server/actions/preferences'
import { ownerOf, session } from '@/lib/server/auth/session'

export default async function MailLayout({ children }: { children: ReactNode }) {
  const who = await session()
  if (!who) redirect('/login')
  const preferences = await readPreferences(ownerOf(who))
  const clock = clockOf((await cookies()).get(clockCookie)?.value)
  const { account, address } = who
  return (
    <Shell
      person={{ account, address, name: preferences.displayName || who.name }}
      preferences={preferences}
      clock={clock}
      seed={{}}
    >
      {children}
    </Shell>
  )
}
