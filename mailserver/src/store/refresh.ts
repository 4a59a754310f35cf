// What other programs did to a mailbox's folder: files that came, went, or were renamed (DESIGN.md decision 9).
//
// Invariants:
//  - A scan runs within the lane, after our own pending renames and unlinks.
//  - A row goes only when its file is in neither listing and not under its own name.
//  - A folder whose times are those we left it with is not read. Times are trusted only when they are older than the
//    clock's grain by then; younger ones are read once more later.
import { statSync } from 'node:fs'
import { opendir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { breathe, nextModSeq, pathOf, recordOf, slices, type Context } from './context'
import { Attention } from './attention'
import { largeMessage } from './contract'
import { commit, removeRows, type Arrival, type Job } from './arrivals'
import { mirrorFlags, removeDoomed } from './changes'
import { compactUidList } from './compact'
import { factsOf, withCrlf } from './facts'
import { keywordAt } from './keywords'
import { flagsFrom, isMissing, splitName, statIfThere } from './maildir'
import type { HeavyResult } from './text/heavy'
import { compactMoreKeywords, wordsWithoutLetter } from './more-keywords'
import { flagText, rowColumns, Row, Tally, type RawRow } from './rows'

/** Times younger than this at the moment they were read may hide a later change. */
const grain = 1_500
/** A confirming scan may take one part in this many of the time. */
const confirmShare = 50
const confirmAfter = 1_000
const perSlice = 500
const largestMessage = 512 * 1024 * 1024

interface Known {
  times: string
  readAt: number
  youngest: number
}

export interface Watchman {
  /** No more watching of folders: the user is being closed. */
  end(): void
  refresh(mailbox: number): Promise<void>
  /** As `refresh`, but only when the folder was not read since the opening. */
  readOnce(mailbox: number): Promise<void>
  /** Wraps our own work on folders, so that it is not mistaken for somebody else's. */
  ownWork<T>(mailboxes: Iterable<number>, work: () => Promise<T>): Promise<T>
  remember(): void
}

/** At once: two folders whose inodes are in memory. */
const timesOf = async (ctx: Context, mailbox: number): Promise<Known> => {
  const path = pathOf(ctx, recordOf(ctx, mailbox))
  const [fresh, current] = ['new', 'cur'].map((each) => statSync(join(path, each), { bigint: true }))
  const youngest = Math.max(Number(fresh!.mtimeMs), Number(current!.mtimeMs))
  return { times: `${fresh!.mtimeNs} ${current!.mtimeNs}`, readAt: Date.now(), youngest }
}

export const listing = async (path: string): Promise<Map<string, string>> => {
  const found = new Map<string, string>()
  for (const folder of ['new', 'cur'] as const) {
    const entries = await opendir(join(path, folder), { bufferSize: 512 })
    for await (const entry of entries) {
      if (entry.name.startsWith('.') || entry.isDirectory()) continue
      const name = `${folder}/${entry.name}`
      found.set(splitName(name).base, name)
    }
  }
  return found
}

interface Differences {
  missing: { uid: number; name: string }[]
  renamed: { uid: number; name: string }[]
  fresh: string[]
}

const compare = async (ctx: Context, mailbox: number, files: Map<string, string>): Promise<Differences> => {
  const differences: Differences = { missing: [], renamed: [], fresh: [] }
  const page = ctx.q<{ uid: number; name: string }>(
    'select uid, name from message where mailbox = ? and uid > ? order by uid limit ?',
  )
  for (let last = 0; ;) {
    const rows = page.all(mailbox, last, perSlice)
    for (const row of rows) {
      const { base } = splitName(row.name)
      const name = files.get(base)
      if (name === undefined) differences.missing.push(row)
      else if (name !== row.name) differences.renamed.push({ uid: row.uid, name })
      files.delete(base)
    }
    if (rows.length < perSlice) break
    last = rows.at(-1)!.uid
    await breathe()
  }
  // A name begins with the second of its delivery: UIDs ascend with it, whatever order the folder is listed in.
  const bases = [...files.keys()].sort()
  differences.fresh = bases.map((base) => files.get(base) ?? '')
  return differences
}

const expungeMissing = async (
  ctx: Context,
  mailbox: number,
  missing: Differences['missing'],
  path: string,
) => {
  if (missing.length === 0) return
  const again = await listing(path)
  const gone: number[] = []
  for (const { uid, name } of missing) {
    if (!again.has(splitName(name).base) && !(await statIfThere(join(path, name)))) gone.push(uid)
  }
  for (const some of slices(gone, 500)) {
    const removed = ctx.db.transaction(() => removeRows(ctx, mailbox, some))()
    const uids = removed.gone.map(({ uid }) => uid)
    if (uids.length) ctx.emit({ type: 'expunged', mailbox, uids, modSeq: removed.modSeq })
    await breathe()
  }
}

const rename = (ctx: Context, mailbox: number, some: readonly { uid: number; name: string }[]) => {
  const keyword = keywordAt(ctx, mailbox)
  const rows: Row[] = []
  const tally = new Tally()
  let modSeq = 0
  for (const { uid, name } of some) {
    ctx.q('update message set name = ? where mailbox = ? and uid = ?').run(name, mailbox, uid)
    const raw = ctx
      .q(`select ${rowColumns} from message where mailbox = ? and uid = ?`)
      .raw()
      .get(mailbox, uid) as RawRow | undefined
    if (!raw) continue
    const kept = wordsWithoutLetter(ctx, mailbox, raw[2])
    const flags = flagText([...flagsFrom(splitName(name).letters, keyword), ...kept])
    if (flags === raw[2]) continue
    modSeq ||= nextModSeq(ctx, mailbox)
    tally.add(raw[2], raw[5], -1)
    tally.add(flags, raw[5], 1)
    ctx
      .q('update message set flags = ?, modseq = ? where mailbox = ? and uid = ?')
      .run(flags, modSeq, mailbox, uid)
    rows.push(new Row(ctx, [raw[0], modSeq, flags, raw[3], raw[4], raw[5], raw[6]]))
  }
  if (rows.length) tally.apply(ctx, mailbox)
  return { rows, modSeq }
}

const takeNames = async (ctx: Context, mailbox: number, renamed: Differences['renamed']) => {
  for (const some of slices(renamed, 500)) {
    const { rows, modSeq } = ctx.db.transaction(() => rename(ctx, mailbox, some))()
    if (rows.length) ctx.emit({ type: 'flags', mailbox, rows, modSeq })
    await breathe()
  }
}

const foreignFacts = async (ctx: Context, path: string, size: number): Promise<HeavyResult<'foreign'>> => {
  if (size > largeMessage) return ctx.text.heavy({ what: 'foreign', path })
  const bytes = await readFile(path)
  const wire = withCrlf(bytes)
  return { facts: factsOf(wire), size: wire.length, ends: wire === bytes ? 'crlf' : 'lf' }
}

/** Null when the file is gone again, or is nothing to read. */
export const arrivalOf = async (ctx: Context, path: string, from: { mailbox: number; name: string }) => {
  const file = join(path, from.name)
  const info = await statIfThere(file)
  if (!info?.isFile() || info.size > largestMessage) return null
  const found = await foreignFacts(ctx, file, info.size).catch((error: unknown) => {
    if (isMissing(error)) return null
    throw error
  })
  if (!found) return null
  const arrival: Arrival = {
    name: from.name,
    flags: flagText(flagsFrom(splitName(from.name).letters, keywordAt(ctx, from.mailbox))),
    internal: Math.round(info.mtimeMs),
    size: found.size,
    ends: found.ends,
    content: { facts: found.facts },
  }
  return arrival
}

const adopt = async (ctx: Context, mailbox: number, fresh: readonly string[], path: string) => {
  for (const some of slices(fresh, 100)) {
    const arrivals: Arrival[] = []
    for (const name of some) {
      const arrival = await arrivalOf(ctx, path, { mailbox, name })
      if (arrival) arrivals.push(arrival)
      await breathe()
    }
    arrivals.sort((a, b) => a.internal - b.internal || (a.name < b.name ? -1 : 1))
    if (arrivals.length) await commitNow(ctx, mailbox, arrivals)
  }
}

const commitNow = (ctx: Context, mailbox: number, arrivals: Arrival[]) =>
  new Promise<void>((done, failed) => {
    const job: Job = { mailbox, arrivals, done: () => done(), failed }
    commit(ctx, [job]).catch(failed)
  })

const scan = async (ctx: Context, mailbox: number): Promise<void> => {
  const path = pathOf(ctx, recordOf(ctx, mailbox))
  const { missing, renamed, fresh } = await compare(ctx, mailbox, await listing(path))
  await expungeMissing(ctx, mailbox, missing, path)
  await takeNames(ctx, mailbox, renamed)
  await adopt(ctx, mailbox, fresh, path)
  await compactUidList(ctx, recordOf(ctx, mailbox), path)
  await compactMoreKeywords(ctx, mailbox, path)
}

export const createWatchman = (ctx: Context): Watchman => {
  const known = new Map<number, Known>()
  const nextConfirm = new Map<number, number>()
  for (const { id, known_times: times } of ctx
    .q<{ id: number; known_times: string }>("select id, known_times from mailbox where known_times <> ''")
    .all()) {
    known.set(id, { times, readAt: Number.MAX_SAFE_INTEGER, youngest: 0 })
  }
  // Only a clean end leaves times behind: after a death every folder is read once.
  ctx.q("update mailbox set known_times = ''").run()

  const attention = new Attention((mailbox) => {
    // A change within the grain of the last one leaves the times as they were: looked at once more when they can be trusted.
    confirmSoon(mailbox, grain + confirmAfter)
    refresh(mailbox).catch(() => attention.drop(mailbox))
  })
  const isSettled = (one: Known) => one.readAt - one.youngest > grain
  const compareTimes = async (mailbox: number): Promise<'same' | 'confirm' | 'changed'> => {
    const before = known.get(mailbox)
    const now = await timesOf(ctx, mailbox)
    if (!before || before.times !== now.times) return 'changed'
    return !isSettled(before) && isSettled(now) ? 'confirm' : 'same'
  }
  const scanFully = async (mailbox: number) => {
    const started = Date.now()
    await mirrorFlags(ctx)
    await removeDoomed(ctx)
    const before = await timesOf(ctx, mailbox)
    await scan(ctx, mailbox)
    known.set(mailbox, before)
    const ended = Date.now()
    nextConfirm.set(mailbox, ended + confirmShare * (ended - started))
  }
  const scanWhere = (mailbox: number, wanted: 'confirm' | 'changed') =>
    ctx.lane.run(async () => {
      // Asked again: whoever waited before us may have done it.
      const now = await compareTimes(mailbox)
      if (now === 'changed' || now === wanted) await scanFully(mailbox)
    })
  const confirming = new Map<number, NodeJS.Timeout>()
  const confirmSoon = (mailbox: number, after = confirmAfter) => {
    if (confirming.has(mailbox)) return
    const timer = setTimeout(
      () => {
        confirming.delete(mailbox)
        void scanWhere(mailbox, 'confirm').catch(() => undefined)
      },
      Math.max(after, (nextConfirm.get(mailbox) ?? 0) - Date.now()),
    )
    confirming.set(mailbox, timer.unref())
  }
  const refresh = async (mailbox: number): Promise<void> => {
    const found = await compareTimes(mailbox)
    if (found === 'changed') return scanWhere(mailbox, found)
    // Only in case somebody changed the folder within the grain of our own change: nobody waits for it, a large
    // folder is not read again and again, and whoever just selected it is answered first.
    if (found === 'confirm' && Date.now() >= (nextConfirm.get(mailbox) ?? 0)) confirmSoon(mailbox)
  }
  return {
    refresh: async (mailbox) => {
      if (ctx.listeners.size === 0) attention.end()
      else attention.attend(mailbox, pathOf(ctx, recordOf(ctx, mailbox)))
      await refresh(mailbox)
    },
    readOnce: async (mailbox) => {
      if (!known.has(mailbox)) await refresh(mailbox)
    },
    end: () => {
      attention.end()
      for (const timer of confirming.values()) clearTimeout(timer)
    },
    ownWork: async (mailboxes, work) => {
      const mine: number[] = []
      for (const mailbox of new Set(mailboxes)) {
        const found = await compareTimes(mailbox).catch(() => 'changed' as const)
        if (found === 'changed') known.delete(mailbox)
        else mine.push(mailbox)
      }
      try {
        return await work()
      } finally {
        for (const mailbox of mine) {
          const now = await timesOf(ctx, mailbox).catch(() => null)
          if (now) known.set(mailbox, now)
          else known.delete(mailbox)
        }
      }
    },
    remember: () => {
      for (const [mailbox, one] of known) {
        if (isSettled(one)) ctx.q('update mailbox set known_times = ? where id = ?').run(one.times, mailbox)
      }
    },
  }
}
