// Group commit: everything that asks for durability while a commit is under way shares the next one. One fsync
// then acknowledges many messages.
//
// The transaction itself only reaches the write-ahead log (synchronous=NORMAL); the log is then synced on another
// thread, so that no fsync stops the doors.
//
// Invariant: `durable` resolves only after the log that holds its writes is on disk.
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

export interface CommitterParts {
  db: Database.Database
  syncLog: () => Promise<void>
  onLost: (error: unknown) => void
}

export const createCommitter = ({ db, syncLog, onLost }: CommitterParts): Committer => {
  let waiting: Waiting[] = []
  let scheduled: 'no' | 'soon' | 'late' = 'no'
  let timer: NodeJS.Timeout | undefined

  const runAll = db.transaction((all: Waiting[]) => {
    for (const each of all) each.write()
  })
  const flush = () => {
    clearTimeout(timer)
    scheduled = 'no'
    const all = waiting
    waiting = []
    if (all.length === 0) return
    try {
      runAll.immediate(all)
    } catch (error) {
      for (const each of all) each.failed(error)
      return
    }
    if (all.every((each) => each.how === 'lazy')) return
    syncLog().then(
      () => all.forEach((each) => each.done()),
      (error: unknown) => all.forEach((each) => each.failed(error)),
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
