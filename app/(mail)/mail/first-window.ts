import { page } from '@/lib/client/cache/mail'
import type { Seed } from '@/lib/client/cache/mail'
import type { Place } from '@/lib/client/place'
import { listMessages } from '@/lib/server/actions/list-messages'
import { attempt, signedIn } from '../first-paint'

/** The first rows of a folder, for the first paint. */
export const firstWindow = async ({ account, folder }: Place): Promise<Seed['window']> => {
  const window = await attempt(await signedIn(), (who) =>
    listMessages({ who, folder, offset: 0, limit: page }),
  )
  return window && { account, folder, window }
}
