// The store's side of the text worker.
//
// Invariant: without it the caller reads the messages itself: the index makes a search fast, never possible.
import type { Log } from '../../core/log'
import { AskedWorker } from '../worker'
import type { Needle } from './database'
import { doHeavy, unpack, type Heavy, type HeavyResult } from './heavy'
import type { Answer, Ask } from './protocol'

export interface Found {
  /** For each needle the contents that hold it. */
  hits: Set<number>[]
  unindexed: Set<number>
}

export interface TextIndex {
  /** There is something new; indexed soon, nobody waits. */
  wake(folder: string): void
  find(folder: string, needles: Needle[]): Promise<Found | null>
  /** What takes long with a large message, off the event loop. */
  heavy<H extends Heavy>(heavy: H): Promise<HeavyResult<H['what']>>
  /** Closes the user's files. */
  forget(folder: string): Promise<void>
  close(): Promise<void>
}

/** Indexing takes as much time as a delivery: it waits until deliveries pause, for so long at most. */
const quiet = 700
const latest = 5_000

interface Awaited {
  timer: NodeJS.Timeout
  since: number
}

class WorkerIndex implements TextIndex {
  private readonly worker: AskedWorker<Ask, Answer>
  private readonly timers = new Map<string, Awaited>()
  constructor(log: Log) {
    this.worker = new AskedWorker<Ask, Answer>(log, {
      program: 'text.worker.mjs',
      name: 'text',
      mostMegabytes: 512,
      heard: (answer) => {
        if (answer.answer === 'failed') log.error('text-index-failed', { reason: answer.reason })
      },
    })
  }

  wake(folder: string) {
    const known = this.timers.get(folder)
    if (known) {
      if (Date.now() - known.since < latest - quiet) known.timer.refresh()
      return
    }
    const timer = setTimeout(() => {
      this.timers.delete(folder)
      this.worker.tell({ ask: 'index', folder })
    }, quiet)
    timer.unref()
    this.timers.set(folder, { timer, since: Date.now() })
  }

  async find(folder: string, needles: Needle[]) {
    const answer = await this.worker.ask((id) => ({ ask: 'find', id, folder, needles }))
    if (answer?.answer !== 'found') return null
    return { hits: answer.hits.map((ids) => new Set(ids)), unindexed: new Set(answer.unindexed) }
  }

  async heavy<H extends Heavy>(heavy: H): Promise<HeavyResult<H['what']>> {
    const answer = await this.worker.ask((id) => ({ ask: 'heavy', id, heavy }))
    const result: HeavyResult = answer?.answer === 'heavy' ? unpack(answer.result) : doHeavy(heavy)
    return result as HeavyResult<H['what']>
  }

  async forget(folder: string) {
    clearTimeout(this.timers.get(folder)?.timer)
    this.timers.delete(folder)
    if (this.worker.isRunning) await this.worker.ask((id) => ({ ask: 'forget', id, folder }))
  }

  async close() {
    for (const { timer } of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
    await this.worker.close()
  }
}

export const createTextIndex = (log: Log): TextIndex => new WorkerIndex(log)
