import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Shell } from '@/components/shell/shell'
import { clockCookie, clockOf } from '@/lib/client/clock'
import { languageFor } from '@/lib/i18n'
import { listLabels } from '@/lib/server/actions/labels'
import { listMailboxes } from '@/lib/server/actions/list-mailboxes'
import { readPreferences } from '@/lib/server/actions/preferences'
import { ownerOf } from '@/lib/server/auth/session'
import { buildServed } from '@/lib/server/config'
import { attempt, signedIn } from './first-paint'

export default async function MailLayout({ children }: { children: ReactNode }) {
  const session = await signedIn()
  const [preferences, labels, folders] = await Promise.all([
    readPreferences(ownerOf(session)),
    listLabels(ownerOf(session)),
    attempt(session, (who) => listMailboxes({ who })),
  ])
  const language = languageFor(preferences.language, (await headers()).get('accept-language'))
  const clock = clockOf({ cookie: (await cookies()).get(clockCookie)?.value, language })
  const { account, address } = session
  return (
    <Shell
      person={{ account, address, name: preferences.displayName || session.name }}
      build={buildServed()}
      preferences={preferences}
      clock={clock}
      seed={{ mailboxes: folders?.mailboxes ?? [], labels }}
    >
      {children}
    </Shell>
  )
}
