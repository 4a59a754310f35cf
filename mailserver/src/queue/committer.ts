// Group commit: everything that asks for durability while a commit is under way shares the next one. One fsync
// then acknowledges many messages.
//
// The transaction itself only reaches the write-ahead log (synchronous=NORMAL); the log is then synced on another
// thread, so that no fsync stops the doors.
//
// Invariants:
//  - `durable` resolves only after the log that holds its writes is on disk.
//  - What was written lazily and failed is written again, before anything that came later, until it holds; one write
//    that fails takes no other along. Where nothing can be written, one slice is tried and everything behind it refused.
import type Database from 'better-sqlite3'

interface Waiting {
  how: 'durable' | 'lazy'
  write: () => void
  done: () => void
  failed: (error: unknown) => void
}

export interface Committer {
  durable(write: () => void): Promise<void>
  /** Nobody waits for it: goes with the next commit, at the latest after `lazyWithin`, and is synced with a later one. */
  lazily(write: () => void): void
  flush(): void
}

const lazyWithin = 40
const againAfter = 5_000
/** Beyond it the oldest is lost, and a start repeats what it told of. */
const mostOwed = 10_000

/** What keeps one commit of many writes short, and a try on a full disk. */
const perSlice = 500

/** Another process holds the file, or the disk is full or broken: each of them alone would fare no better. */
const isEverybodys = (error: unknown): boolean =>
  /^SQLITE_(BUSY|FULL|IOERR)/.test(String((error as { code?: unknown }).code ?? ''))

export interface CommitterParts {
  db: Database.Database
  syncLog: () => Promise<void>
  onLost: (error: unknown) => void
}

export const createCommitter = ({ db, syncLog, onLost }: CommitterParts): Committer => {
  let waiting: Waiting[] = []
  /** Lazy ones that failed. */
  let owed: Waiting[] = []
  let scheduled: 'no' | 'soon' | 'late' = 'no'
  let timer: NodeJS.Timeout | undefined

  const runAll = db.transaction((all: Waiting[]) => {
    for (const each of all) each.write()
  })
  const refuse = (each: Waiting, error: unknown) => {
    each.failed(error)
    if (each.how === 'lazy' && owed.push(each) > mostOwed) owed.shift()
  }
  const oneByOne = (all: readonly Waiting[]): Waiting[] =>
    all.filter((each) => {
      try {
        runAll.immediate([each])
        return true
      } catch (error) {
        refuse(each, error)
        return false
      }
    })
  /** Answers which of them hold. */
  const writeThem = (all: Waiting[]): Waiting[] => {
    const written: Waiting[] = []
    for (let at = 0; at < all.length; at += perSlice) {
      const slice = all.slice(at, at + perSlice)
      try {
        runAll.immediate(slice)
        written.push(...slice)
      } catch (error) {
        if (!isEverybodys(error)) {
          written.push(...oneByOne(slice))
          continue
        }
        for (const each of all.slice(at)) refuse(each, error)
        break
      }
    }
    return written
  }
  const flush = () => {
    clearTimeout(timer)
    scheduled = 'no'
    const all = [...owed, ...waiting]
    owed = []
    waiting = []
    if (all.length === 0) return
    const written = writeThem(all)
    if (owed.length > 0) {
      scheduled = 'late'
      timer = setTimeout(flush, againAfter)
      timer.unref()
    }
    if (written.every((each) => each.how === 'lazy')) return
    syncLog().then(
      () => written.forEach((each) => each.done()),
      (error: unknown) => written.forEach((each) => each.failed(error)),
    )
  }
  return {
    durable: (write) =>
      new Promise((done, failed) => {
        waiting.push({ how: 'durable', write, done, failed })
        if (scheduled === 'soon') return
        scheduled = 'soon'
        clearTimeout(timer)
        setImmediate(flush)
      }),
    lazily: (write) => {
      waiting.push({ how: 'lazy', write, done: () => {}, failed: onLost })
      if (scheduled !== 'no') return
      scheduled = 'late'
      timer = setTimeout(flush, lazyWithin)
    },
    flush,
  }
}
