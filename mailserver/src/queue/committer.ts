// Group commit: everything that asks for durability while a commit is under way shares the next one. One fsync
// then acknowledges many messages.
//
// Invariant: `durable` resolves only after the transaction that holds its writes is on disk.
import type Database from 'better-sqlite3'

interface Waiting {
  write: () => void
  done: () => void
  failed: (error: unknown) => void
}

export interface Committer {
  durable(write: () => void): Promise<void>
  /** Nobody waits for it: goes with the next commit, at the latest after `lazyWithin`. */
  lazily(write: () => void): void
  flush(): void
}

const lazyWithin = 40

export const createCommitter = (db: Database.Database, onLost: (error: unknown) => void): Committer => {
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
    for (const each of all) each.done()
  }
  return {
    durable: (write) =>
      new Promise((done, failed) => {
        waiting.push({ write, done, failed })
        if (scheduled === 'soon') return
        scheduled = 'soon'
        clearTimeout(timer)
        setImmediate(flush)
      }),
    lazily: (write) => {
      waiting.push({ write, done: () => {}, failed: onLost })
      if (scheduled !== 'no') return
      scheduled = 'late'
      timer = setTimeout(flush, lazyWithin)
    },
    flush,
  }
}
