// The store's side of the text worker: started at the first need, one for all users.
//
// Invariant: without a worker (it died, or its program is not built) every question is answered `null`, and the caller
// reads the messages itself: the index makes a search fast, never possible.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Log } from '../../core/log'
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

const soon = 700
const mostDeaths = 3

// Beside the bundle; beside the package's own bundle when the sources run.
const places = ['./text.worker.mjs', '../../../dist/text.worker.mjs']

const programPath = (): string | null =>
  places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((path) => existsSync(path)) ??
  null

interface Waiting {
  done: (answer: Answer | null) => void
}

class WorkerIndex implements TextIndex {
  private worker: Worker | null = null
  private deaths = 0
  private next = 1
  private readonly waiting = new Map<number, Waiting>()
  private readonly timers = new Map<string, NodeJS.Timeout>()
  constructor(private readonly log: Log) {}

  private start(): Worker | null {
    if (this.worker) return this.worker
    const path = this.deaths < mostDeaths ? programPath() : null
    if (path === null) return null
    const worker = new Worker(path, { resourceLimits: { maxOldGenerationSizeMb: 512 } })
    worker.unref()
    worker.on('message', (answer: Answer) => {
      const waiting = this.waiting.get(answer.id)
      this.waiting.delete(answer.id)
      waiting?.done(answer)
      if (answer.answer === 'failed') this.log.error('text-index-failed', { reason: answer.reason })
    })
    worker.on('error', (error) => {
      this.deaths += 1
      this.log.error('text-worker-died', { reason: String(error) })
    })
    worker.on('exit', () => this.ended(worker))
    this.worker = worker
    return worker
  }

  private ended(worker: Worker) {
    if (this.worker === worker) this.worker = null
    for (const { done } of this.waiting.values()) done(null)
    this.waiting.clear()
  }

  private ask(make: (id: number) => Ask): Promise<Answer | null> {
    const worker = this.start()
    if (!worker) return Promise.resolve(null)
    return new Promise((done) => {
      const id = this.next++
      this.waiting.set(id, { done })
      worker.postMessage(make(id))
    })
  }

  wake(folder: string) {
    if (this.timers.has(folder)) return
    const timer = setTimeout(() => {
      this.timers.delete(folder)
      this.start()?.postMessage({ ask: 'index', folder } satisfies Ask)
    }, soon)
    timer.unref()
    this.timers.set(folder, timer)
  }

  async find(folder: string, needles: Needle[]) {
    const answer = await this.ask((id) => ({ ask: 'find', id, folder, needles }))
    if (answer?.answer !== 'found') return null
    return { hits: answer.hits.map((ids) => new Set(ids)), unindexed: new Set(answer.unindexed) }
  }

  async heavy<H extends Heavy>(heavy: H): Promise<HeavyResult<H['what']>> {
    const answer = await this.ask((id) => ({ ask: 'heavy', id, heavy }))
    const result: HeavyResult = answer?.answer === 'heavy' ? unpack(answer.result) : doHeavy(heavy)
    return result as HeavyResult<H['what']>
  }

  async forget(folder: string) {
    clearTimeout(this.timers.get(folder))
    this.timers.delete(folder)
    if (this.worker) await this.ask((id) => ({ ask: 'forget', id, folder }))
  }

  async close() {
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
    await this.worker?.terminate()
  }
}

export const createTextIndex = (log: Log): TextIndex => new WorkerIndex(log)
