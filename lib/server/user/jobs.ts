import 'server-only'
import type { Job } from '@/lib/model/draft'
import { timeNow } from '../clock'
import { type Db, database } from './db'
import type { JobRow } from './schema'

// Sends as rows. Invariants:
// - `step` only moves forward, and each move is committed before what comes after it is begun;
// - whoever works on a row holds its lease, and every write of theirs names that lease: one who was too slow
//   and lost it can change nothing any more.

export type { JobRow }
export type JobState = Job['state']

/** frozen: bytes on disk. handed: all but SMTP's last dot was given away. accepted: the server said 250.
 *  filed: in Sent. marked: the original is flagged. done: the draft is gone too. */
export const steps = ['frozen', 'handed', 'accepted', 'filed', 'marked', 'done'] as const
export type Step = (typeof steps)[number]

export interface Problem {
  code: string
  answer: string
  refused: string[]
}

/** Of two requests for the same send, the first makes the row. */
export const addJob = async (row: JobRow): Promise<void> => {
  await (
    await database()
  )
    .insertInto('jobs')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

export const findJob = async (owner: string, id: string): Promise<JobRow | null> =>
  (await (
    await database()
  )
    .selectFrom('jobs')
    .selectAll()
    .where('owner', '=', owner)
    .where('id', '=', id)
    .executeTakeFirst()) ?? null

/** What is pending or went wrong; what has left in full is no longer of interest. */
export const jobsOf = async (owner: string, account: number): Promise<JobRow[]> =>
  (await database())
    .selectFrom('jobs')
    .selectAll()
    .where('owner', '=', owner)
    .where('account', '=', account)
    .where((row) => row.or([row('state', '!=', 'sent'), row('problem', 'is not', null)]))
    .orderBy('created_at', 'desc')
    // More than may be planned (lib/server/actions/send-message.ts), so that none waits unseen.
    .limit(1000)
    .execute()

/** How many wait for a time that is yet to come. */
export const countPlanned = async (owner: string): Promise<number> => {
  const { count } = await (
    await database()
  )
    .selectFrom('jobs')
    .select((select) => select.fn.countAll().as('count'))
    .where('owner', '=', owner)
    .where('state', '=', 'waiting')
    .where('created_at', '>', timeNow())
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Taken away as long as nobody works on it and nothing has left; null when it is too late. */
export const takeBackJob = async (owner: string, id: string): Promise<JobRow | null> =>
  (await (
    await database()
  )
    .deleteFrom('jobs')
    .where('owner', '=', owner)
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'parked', 'failed', 'unsure'])
    .where('lease_until', '<', timeNow())
    .returningAll()
    .executeTakeFirst()) ?? null

interface Lease {
  by: string
  forMs: number
}

/** `busy`: those that are worked on here, whatever the clock says of their leases: nobody sends twice. */
interface Among {
  busy: readonly string[]
}

/** That something is left to do of. */
const openJobs = (db: Db, { busy }: Among) => {
  const rows = db
    .selectFrom('jobs')
    .where('state', 'in', ['waiting', 'sending', 'sent'])
    .where('step', '!=', 'done')
  return busy.length > 0 ? rows.where('id', 'not in', busy) : rows
}

/** The next that is due, now ours; null when there is none, or another was faster. */
export const leaseNextJob = async ({ by, forMs, ...among }: Lease & Among): Promise<JobRow | null> => {
  const db = await database()
  const now = timeNow()
  const next = await openJobs(db, among)
    .select('id')
    .where('due_at', '<=', now)
    .where('lease_until', '<', now)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  if (!next) return null
  const leased = await db
    .updateTable('jobs')
    // What waits is sent from here on, and that is one commit: nothing lies between the two that a crash could tell apart.
    .set(({ case: when, ref, val }) => ({
      lease_by: by,
      lease_until: now + forMs,
      updated_at: now,
      problem: when().when('state', '=', 'waiting').then(null).else(ref('problem')).end(),
      state: when().when('state', '=', 'waiting').then(val('sending')).else(ref('state')).end(),
    }))
    .where('id', '=', next.id)
    .where('state', 'in', ['waiting', 'sending', 'sent'])
    .where('lease_until', '<', now)
    .returningAll()
    .executeTakeFirst()
  return leased ?? null
}

/** When the next one becomes due, or its lease ends. */
export const nextDue = async (among: Among): Promise<number | null> => {
  const rows = await openJobs(await database(), among)
    .select(['due_at', 'lease_until'])
    .execute()
  const times = rows.map(({ due_at, lease_until }) => Math.max(Number(due_at), Number(lease_until) + 1))
  return times.length === 0 ? null : Math.min(...times)
}

/** Leases that are still held, and by whom. */
export const heldLeases = async (): Promise<string[]> => {
  const rows = await (
    await database()
  )
    .selectFrom('jobs')
    .select('lease_by')
    .distinct()
    .where('lease_until', '>', timeNow())
    .execute()
  return rows.map(({ lease_by }) => lease_by)
}

export const endLeases = async (by: string): Promise<void> => {
  await (await database()).updateTable('jobs').set({ lease_until: 0 }).where('lease_by', '=', by).execute()
}

export const keepLease = async (id: string, { by, forMs }: Lease): Promise<boolean> =>
  changed(id, by, { lease_until: timeNow() + forMs })

export type JobChange = Partial<
  Pick<JobRow, 'state' | 'step' | 'problem' | 'due_at' | 'tries' | 'sealed_password' | 'lease_until'>
>

/** False when the lease is no longer `by`'s: then nothing was written, and nothing more may be done. */
export const changed = async (id: string, by: string, change: JobChange): Promise<boolean> => {
  const done = await (
    await database()
  )
    .updateTable('jobs')
    .set({ ...change, updated_at: timeNow() })
    .where('id', '=', id)
    .where('lease_by', '=', by)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** One that stands still goes on: from its last safe step, now. */
export const resumeJob = async (
  owner: string,
  id: string,
  change: Pick<JobRow, 'sealed_password' | 'step' | 'login'> & Partial<Pick<JobRow, 'created_at'>>,
): Promise<JobRow | null> =>
  (await (
    await database()
  )
    .updateTable('jobs')
    .set({ ...change, state: 'waiting', problem: null, tries: 0, due_at: timeNow(), updated_at: timeNow() })
    .where('owner', '=', owner)
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'parked', 'failed', 'unsure'])
    .where('lease_until', '<', timeNow())
    .returningAll()
    .executeTakeFirst()) ?? null

/** One that may have been sent was: only its copy, its original and its draft are left to do. */
export const settleJob = async (
  owner: string,
  id: string,
  change: Pick<JobRow, 'sealed_password' | 'login'>,
): Promise<JobRow | null> =>
  (await (
    await database()
  )
    .updateTable('jobs')
    .set({
      ...change,
      state: 'sent',
      step: 'accepted',
      problem: null,
      tries: 0,
      due_at: timeNow(),
      created_at: timeNow(),
      updated_at: timeNow(),
    })
    .where('owner', '=', owner)
    .where('id', '=', id)
    .where('state', '=', 'unsure')
    .where('lease_until', '<', timeNow())
    .returningAll()
    .executeTakeFirst()) ?? null

/** Pending ones get the password that is valid now; those that waited for it go on. */
export const renewPasswords = async (
  owner: string,
  { login, sealFor }: { login: string; sealFor: (job: string) => string },
): Promise<JobRow[]> => {
  const db = await database()
  const pending = await db
    .selectFrom('jobs')
    .select('id')
    .where('owner', '=', owner)
    .where('step', '!=', 'done')
    .execute()
  for (const { id } of pending)
    await db
      .updateTable('jobs')
      .set({ login, sealed_password: sealFor(id) })
      .where('id', '=', id)
      .execute()
  return db
    .updateTable('jobs')
    .set({ state: 'waiting', problem: null, tries: 0, due_at: timeNow(), updated_at: timeNow() })
    .where('owner', '=', owner)
    .where('state', '=', 'parked')
    .returningAll()
    .execute()
}

/** Uploads that a message still needs: it may be taken back, and then they are its attachments again. */
export const referencedUploads = async (): Promise<Set<string>> => {
  const rows = await (
    await database()
  )
    .selectFrom('jobs')
    .select('draft')
    .where('draft', '!=', '')
    .where('step', '!=', 'done')
    .execute()
  return new Set(
    rows.flatMap(({ draft }) =>
      (JSON.parse(draft) as { uploads: { id: string }[] }).uploads.map(({ id }) => id),
    ),
  )
}

export const knownJobs = async (ids: string[]): Promise<Set<string>> => {
  if (ids.length === 0) return new Set()
  const rows = await (await database()).selectFrom('jobs').select('id').where('id', 'in', ids).execute()
  return new Set(rows.map(({ id }) => id))
}

/** Sent and finished ones have nothing left to tell after this long. */
export const forgetDoneJobs = async (before: number): Promise<void> => {
  await (
    await database()
  )
    .deleteFrom('jobs')
    .where('step', '=', 'done')
    .where('updated_at', '<', before)
    .execute()
}

/** For the metrics. */
export const countJobs = async (): Promise<{ state: string; many: number }[]> => {
  const jobs = (await database()).selectFrom('jobs').where('step', '!=', 'done').groupBy('state')
  const rows = await jobs.select(({ fn }) => ['state', fn.countAll<number>().as('many')]).execute()
  return rows.map(({ state, many }) => ({ state, many: Number(many) }))
}
