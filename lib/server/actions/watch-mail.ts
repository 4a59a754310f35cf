import 'server-only'
import * as hub from '../events/hub'
import { eventStream } from '../events/stream'
import type { Account } from '../mail/account'
import { guardAnew, guardInbox } from './blocked-mail'

/** Facts as they happen, until the reader leaves. */
export const watchMail = (
  who: Account,
  { after, signal }: { after: number | null; signal: AbortSignal },
): ReadableStream<Uint8Array> => {
  guardInbox(who, signal)
  return eventStream(who, { after, signal })
}

/** All that looks on while nobody asks: with the old password it would be locked out as a guesser. */
export const watchAnew = (who: Account): void => {
  guardAnew(who)
  hub.watchAnew(who)
}
