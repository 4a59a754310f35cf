import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import type { Address } from '@/lib/model/address'
import type { Job, Outgoing } from '@/lib/model/draft'
import { AppError } from '@/lib/model/errors'
import { seal, serverKey } from '../auth/vault'
import { timeNow } from '../clock'
import { crashPoint } from '../crash-point'
import type { Account } from '../mail/account'
import { type Calendar, composeMessage, newMessageId } from '../mail/compose'
import { composeReceipt, type Receipt } from '../mail/receipt'
import { redirected } from '../mail/redirect'
import { tellJobChange } from '../user/job-news'
import { addJob, countPlanned, findJob, type JobRow } from '../user/jobs'
import { refuseChanged } from './draft-versions'
import { freeze, type Frozen, jobOf } from './outbox'
import { openUploads } from './upload'

// From here on a message is a durable job: its bytes are on disk, then its row, then the answer. A crash
// before the row leaves a file that nobody knows, and the composer still open.

interface Redirect {
  source: AsyncIterable<Uint8Array>
}

interface Sending {
  who: Account
  account: number
  id?: string | undefined
  message: Outgoing
  undoSeconds: number
  /** Leaves then, and is dated so. */
  at?: string | undefined
  calendar?: Calendar
  /** Sent in place of the message, from nobody (RFC 8098 section 3), and without a copy. */
  receipt?: Receipt
  /** Sent in place of the message: the bytes of another, with what its new way adds. */
  redirect?: Redirect
}

export const sendMessage = async ({ id: wanted, ...sending }: Sending): Promise<Job> => {
  const { who, message, receipt, redirect } = sending
  const id = jobId(who.key, wanted ?? randomUUID())
  // The answer to the first request was lost, not the message.
  const known = await findJob(who.key, id)
  if (known) return jobOf(known)
  const drafts = await refuseChanged(who, message)
  const from = message.from ?? { name: who.name, address: who.address }
  if (dueTime(sending) > timeNow() + longestWaitMs) throw new AppError('bad-request', 'at')
  if (sending.at && (await countPlanned(who.key)) >= mostPlanned) throw new AppError('too-busy')
  const to = recipientsOf(message)
  if (to.length === 0) throw new AppError('bad-request', 'to')
  const frozen: Frozen = {
    from: receipt ? '' : from.address,
    to,
    messageId: newMessageId(from.address, id),
    bcc: message.bcc,
    drafts,
    ...(message.replyTo?.length && !redirect ? { named: message.replyTo.map(({ address }) => address) } : {}),
    ...(message.wishes?.notice === 'ask' ? { notice: 'ask' } : {}),
    ...(receipt || redirect ? { copy: 'none' } : {}),
    ...(redirect ? { kind: 'redirect' } : {}),
    ...(who.client ? { client: who.client } : {}),
  }
  const bytes = await bytesOf(sending, {
    from,
    messageId: frozen.messageId,
    date: new Date(dueTime(sending)),
  })
  await freeze(id, bytes)
  crashPoint('frozen')
  const row = rowOf({ ...sending, id, frozen })
  await addJob(row)
  crashPoint('queued')
  tellJobChange(row)
  return jobOf(row)
}

interface Writing {
  from: Address
  messageId: string
  date: Date
}

const bytesOf = async (
  { who, message, calendar, receipt, redirect }: Omit<Sending, 'id'>,
  { from, messageId, date }: Writing,
): Promise<AsyncIterable<Buffer>> => {
  if (receipt) return composeReceipt(receipt, { messageId, date })
  if (redirect) return redirected(redirect.source, { from, to: message.to, messageId, date })
  const uploads = await openUploads(who, message.uploads)
  return composeMessage({ message, from, uploads, messageId, date, calendar })
}

/** The person's own, whatever the browser made up: nobody reaches the file of somebody else's send. */
const jobId = (owner: string, wanted: string): string =>
  createHash('sha256').update(`${owner} ${wanted}`).digest('base64url').slice(0, 32)

/** Each keeps a file of up to a whole message for up to a year. */
const mostPlanned = 500
const longestWaitMs = 366 * 24 * 3_600_000

/** When it is wanted to leave; the time to undo comes on top for what leaves now. */
const dueTime = ({ at }: Pick<Sending, 'at'>): number => Math.max(timeNow(), at ? Date.parse(at) : 0)

const rowOf = ({
  who,
  account,
  message,
  undoSeconds,
  at,
  id,
  frozen,
}: Sending & { id: string; frozen: Frozen }): JobRow => {
  const now = timeNow()
  return {
    id,
    owner: who.key,
    account,
    login: who.credentials.user,
    name: who.name,
    sealed_password: seal(who.credentials.password, serverKey(), id),
    state: 'waiting',
    step: 'frozen',
    subject: message.subject,
    envelope: JSON.stringify(frozen),
    draft: JSON.stringify(message),
    problem: null,
    tries: 0,
    due_at: at ? dueTime({ at }) : now + Math.round(undoSeconds * 1000),
    lease_until: 0,
    lease_by: '',
    // Tries are counted from when it was to leave.
    created_at: dueTime({ at }),
    updated_at: now,
  }
}

/** Everybody once, however often they are named; case matters in no domain (RFC 5321 section 2.4). */
const recipientsOf = ({ to, cc, bcc }: Outgoing): string[] => {
  const all = [...to, ...cc, ...bcc].map(({ address }) => address)
  return [...new Map(all.map((address) => [address.toLowerCase(), address])).values()]
}
