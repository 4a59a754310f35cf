// Into a mailbox of this site: the spool file is linked into the Maildir, under a delivery id that makes a
// second try of the same delivery harmless.
import { StoreError, type NewMessage, type UserStore } from '../store/contract'
import type { Outcome, QueuedMessage } from '../queue/model'
import type { Stores } from './stores'

export interface LocalDelivery {
  message: QueuedMessage
  user: string
  folder: string
  file: string | null
  /** Its content, where it is at hand. */
  bytes: Buffer | null
  flags?: readonly string[]
}

type Quota = ReturnType<UserStore['quota']>

/** RFC 3463 section 3.3: what is full may have room later, what is larger than all room never fits. */
const fullMailbox = (message: QueuedMessage, { byteLimit, messageLimit }: Quota): Outcome => {
  const neverFits = (byteLimit !== null && message.size > byteLimit) || messageLimit === 0
  return neverFits
    ? { kind: 'failed', reply: '552 5.2.2 the message is larger than the mailbox may be', by: 'local' }
    : { kind: 'deferred', reply: '452 4.2.2 mailbox is full', by: 'local' }
}

const refusal = (error: unknown): Outcome => {
  const reason = error instanceof Error ? error.message : String(error)
  return { kind: 'deferred', reply: `451 4.3.0 mailbox not reachable: ${reason}`, by: 'local' }
}

const sourceOf = ({ message, file, bytes }: LocalDelivery): NewMessage['source'] => {
  if (file) return { file, sealed: { size: message.size, bytes } }
  if (bytes) return bytes
  throw new Error('a message without file and bytes')
}

export const deliverLocally = async (stores: Stores, work: LocalDelivery): Promise<Outcome> => {
  const { message, user, folder, flags = [] } = work
  try {
    return await stores.use(user, async (store) => {
      if (!store.mailbox(folder)) store.create(folder)
      try {
        await store.deliver(folder, {
          source: sourceOf(work),
          flags,
          internalDate: new Date(message.receivedAt),
          deliveryId: `${message.id} ${user} ${folder}`,
        })
      } catch (error) {
        if (error instanceof StoreError && error.code === 'over-quota')
          return fullMailbox(message, store.quota())
        throw error
      }
      return { kind: 'delivered', reply: `250 2.1.5 delivered to ${folder}`, by: 'local', dsn: 'kept' }
    })
  } catch (error) {
    return refusal(error)
  }
}
