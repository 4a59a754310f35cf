// A thread that is asked and answers: started at the first need, one for all users.
//
// Invariant: without it (it died, or its program is not built) every question is answered `null`, and the caller does the
// work itself.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Log } from '../core/log'

const mostDeaths = 3

// Beside the bundle; in the package's own bundle when the sources run.
const places = ['./', '../../dist/']

const pathOf = (program: string): string | null =>
  places
    .map((place) => fileURLToPath(new URL(`${place}${program}`, import.meta.url)))
    .find((path) => existsSync(path)) ?? null

interface Numbered {
  id: number
}

export interface WorkerWish<Answer> {
  /** `text.worker.mjs` */
  program: string
  /** What a line of the log calls it. */
  name: string
  mostMegabytes: number
  heard?: (answer: Answer) => void
}

export class AskedWorker<Ask, Answer extends Numbered> {
  private worker: Worker | null = null
  private isOnline = false
  private deaths = 0
  private next = 1
  private readonly waiting = new Map<number, (answer: Answer | null) => void>()
  constructor(
    private readonly log: Log,
    private readonly wish: WorkerWish<Answer>,
  ) {}

  get isRunning(): boolean {
    return this.worker !== null
  }

  private start(): Worker | null {
    if (this.worker) return this.worker
    const { program, name, mostMegabytes, heard } = this.wish
    const path = this.deaths < mostDeaths ? pathOf(program) : null
    if (path === null) return null
    const worker = new Worker(path, { resourceLimits: { maxOldGenerationSizeMb: mostMegabytes } })
    worker.unref()
    this.isOnline = false
    worker.once('online', () => (this.isOnline = true))
    worker.on('message', (answer: Answer) => {
      const done = this.waiting.get(answer.id)
      this.waiting.delete(answer.id)
      done?.(answer)
      heard?.(answer)
    })
    worker.on('error', (error) => {
      this.deaths += 1
      this.log.error('store-worker-died', { worker: name, reason: String(error) })
    })
    worker.on('exit', () => this.ended(worker))
    this.worker = worker
    return worker
  }

  private ended(worker: Worker) {
    if (this.worker !== worker) return
    this.worker = null
    for (const done of this.waiting.values()) done(null)
    this.waiting.clear()
  }

  /** Begins to start it where it rests, and tells whether it would answer by now. */
  stir(): 'online' | 'not yet' {
    return this.start() && this.isOnline ? 'online' : 'not yet'
  }

  /** Nobody waits for an answer. */
  tell(ask: Ask): void {
    this.start()?.postMessage(ask)
  }

  ask(make: (id: number) => Ask, handOver: ArrayBuffer[] = []): Promise<Answer | null> {
    const worker = this.start()
    if (!worker) return Promise.resolve(null)
    return new Promise((done) => {
      const id = this.next++
      this.waiting.set(id, done)
      worker.postMessage(make(id), handOver)
    })
  }

  /** Gives its memory back where nobody waits for it; the next question starts it again. */
  rest(): void {
    if (this.waiting.size > 0) return
    const { worker } = this
    this.worker = null
    void worker?.terminate()
  }

  async close(): Promise<void> {
    await this.worker?.terminate()
  }
}
