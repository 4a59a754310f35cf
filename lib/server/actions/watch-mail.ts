import 'server-only'
import { watchAnew } from '../events/hub'
import { eventStream } from '../events/stream'
import type { Account } from '../mail/account'
import { guardInbox } from './blocked-mail'

/** Facts as they happen, until the reader leaves. */
export const watchMail = (
  who: Account,
  { after, signal }: { after: number | null; signal: AbortSignal },
): ReadableStream<Uint8Array> => {
  guardInbox(who, signal)
  return eventStream(who, { after, signal })
}

export { watchAnew }
