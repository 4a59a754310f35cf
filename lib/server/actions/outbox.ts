import 'server-only'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job } from '@/lib/model/draft'
import type { Address } from '@/lib/model/address'
import type { Outgoing } from '@/lib/model/draft'
import type { MessageId } from '@/lib/model/message-id'
import { timeNow } from '../clock'
import { config } from '../config'
import { beginFile } from '../files'
import { redated } from '../mail/redate'
import type { Envelope } from '../mail/submit'
import { type JobRow, type JobState, knownJobs, type Problem } from '../user/jobs'

// What a job's row and file hold. The file has the frozen bytes; the envelope, who gets them and what only
// the writer's own copy says.

export interface Frozen extends Envelope {
  messageId: string
  bcc: Address[]
  /** The versions of its draft when it was sent; one that was written since is another message. */
  drafts?: MessageId[]
  /** A receipt is no letter: no copy of it is filed, and nobody is known by it. */
  copy?: 'none'
  kind?: 'redirect'
  /** From where the person signed in who sends it. */
  client?: string
}

const folder = (): string => join(config().home, 'outbox')
export const frozenPath = (id: string): string => join(folder(), `${id}.eml`)
export const envelopeOf = (row: JobRow): Frozen => JSON.parse(row.envelope) as Frozen
export const draftOf = (row: JobRow): Outgoing => JSON.parse(row.draft) as Outgoing

/** As the browser sees it. */
export const jobOf = (row: JobRow): Job => ({
  id: row.id,
  kind: envelopeOf(row).kind ?? 'message',
  state: row.state as JobState,
  subject: row.subject,
  to: draftOf(row).to,
  dueAt: new Date(Number(row.due_at)).toISOString(),
  problem: row.problem ? (JSON.parse(row.problem) as Problem) : null,
})

export const freeze = async (id: string, bytes: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> => {
  const file = await beginFile(frozenPath(id))
  try {
    for await (const chunk of bytes) await file.write(chunk)
    await file.keep()
  } catch (cause) {
    await file.discard()
    throw cause
  }
}

export const freezeAgain = async (id: string, date: Date): Promise<void> =>
  freeze(id, [redated(await readFile(frozenPath(id)), date)])

const jobOfFile = (name: string): string => name.split('.')[0] ?? ''

/** Bytes whose row was never written (a crash between the two) or is gone. */
export const removeStrayFiles = async (now = timeNow()): Promise<void> => {
  await mkdir(folder(), { recursive: true, mode: 0o700 })
  const names = await readdir(folder())
  const known = await knownJobs(names.map(jobOfFile))
  for (const name of names.filter((name) => name.endsWith('.part') || !known.has(jobOfFile(name)))) {
    const path = join(folder(), name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }))
    // Files have the machine's time, which may have been set back since (lib/server/clock.ts).
    if (Math.min(now, Date.now()) - mtimeMs > 3_600_000) await rm(path, { force: true })
  }
}
