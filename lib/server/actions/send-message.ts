import 'server-only'
import { randomBytes } from 'node:crypto'
import type { Job, Outgoing } from '@/lib/model/draft'
import { AppError } from '@/lib/model/errors'
import { seal, serverKey } from '../auth/vault'
import { crashPoint } from '../crash-point'
import { beginFile } from '../files'
import type { Account } from '../mail/account'
import { composeMessage, newMessageId } from '../mail/compose'
import { tellJobChange } from '../user/job-news'
import { addJob, type JobRow } from '../user/jobs'
import { type Frozen, frozenPath, jobOf } from './outbox'
import { openUploads } from './upload'

// From here on a message is a durable job: its bytes are on disk, then its row, then the answer. A crash
// before the row leaves a file that nobody knows, and the composer still open.

interface Sending {
  who: Account
  account: number
  message: Outgoing
  undoSeconds: number
}

export const sendMessage = async ({ who, account, message, undoSeconds }: Sending): Promise<Job> => {
  const from = message.from ?? { name: who.name, address: who.address }
  const to = recipientsOf(message)
  if (to.length === 0) throw new AppError('bad-request', 'to')
  const id = randomBytes(18).toString('base64url')
  const messageId = newMessageId(from.address, id)
  const uploads = await openUploads(
    who,
    message.uploads.map((upload) => upload.id),
  )
  await freeze(id, composeMessage({ message, from, uploads, messageId, date: new Date() }))
  crashPoint('frozen')
  const frozen: Frozen = { from: from.address, to, messageId, bcc: message.bcc }
  const now = Date.now()
  const row: JobRow = {
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
    due_at: now + Math.round(undoSeconds * 1000),
    lease_until: 0,
    lease_by: '',
    created_at: now,
    updated_at: now,
  }
  await addJob(row)
  crashPoint('queued')
  tellJobChange(row)
  return jobOf(row)
}

/** Everybody once, however often they are named; case matters in no domain (RFC 5321 section 2.4). */
const recipientsOf = ({ to, cc, bcc }: Outgoing): string[] => {
  const all = [...to, ...cc, ...bcc].map(({ address }) => address)
  return [...new Map(all.map((address) => [address.toLowerCase(), address])).values()]
}

const freeze = async (id: string, bytes: AsyncIterable<Buffer>): Promise<void> => {
  const file = await beginFile(frozenPath(id))
  try {
    for await (const chunk of bytes) await file.write(chunk)
    await file.keep()
  } catch (cause) {
    await file.discard()
    throw cause
  }
}
