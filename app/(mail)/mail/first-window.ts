import { notFound } from 'next/navigation'
import { page } from '@/lib/client/cache/mail'
import type { Seed } from '@/lib/client/cache/mail'
import type { Place } from '@/lib/client/place'
import { usualView } from '@/lib/model/view'
import { listMessages } from '@/lib/server/actions/list-messages'
import { readPreferences } from '@/lib/server/actions/preferences'
import { ownerOf } from '@/lib/server/auth/session'
import { attempt, signedIn } from '../first-paint'

/** The first rows of a folder, for the first paint, as the person looks at this folder. */
export const firstWindow = async ({ account, folder }: Place): Promise<Seed['window']> => {
  const session = await signedIn()
  if (account !== session.account) notFound()
  const { views } = await readPreferences(ownerOf(session))
  const view = views[folder] ?? usualView
  const window = await attempt(session, (who) => listMessages({ who, folder, offset: 0, limit: page, view }))
  return window && { account, folder, window }
}
