// The store's side of the disk thread. One way there and back serves a whole batch: of its own through the pool of threads,
// a rename costs several times what the rename does, and waking a thread for each sync of each mailbox a tenth of a delivery.
import { fsync } from 'node:fs'
import { promisify } from 'node:util'
import type { Log } from '../../core/log'
import { AskedWorker } from '../worker'
import { land, syncAll, type Landed, type Landing } from './landing'
import { doMoves, type Move, type Moved } from './moves'

export type Ask =
  | { id: number; moves: readonly Move[] }
  | { id: number; landings: readonly Landing[] }
  | { id: number; syncs: readonly number[] }
export type Answer =
  | { id: number; moved: Moved[] }
  | { id: number; landed: Landed[] }
  | { id: number; synced: (string | null)[] }

export interface Disk {
  /** One after the other; what becomes of each, in their order. */
  move(moves: readonly Move[]): Promise<Moved[]>
  /** Takes the bytes away from the caller. */
  land(landing: Landing): Promise<Landed>
  /** The data of an open file. */
  sync(fd: number): Promise<void>
  close(): Promise<void>
}

const restAfter = 20_000
const syncAway = promisify(fsync)

/** What is wished for in one turn of the loop goes together; the results come in the order of the wishes. */
const together = <Wish, Result>(run: (wishes: Wish[]) => Promise<Result[]>) => {
  let waiting: { wish: Wish; done: (result: Result) => void; failed: (error: unknown) => void }[] = []
  const flush = () => {
    const all = waiting
    waiting = []
    run(all.map(({ wish }) => wish)).then(
      (results) => all.forEach(({ done }, at) => done(results[at]!)),
      (error: unknown) => all.forEach(({ failed }) => failed(error)),
    )
  }
  return (wish: Wish): Promise<Result> =>
    new Promise((done, failed) => {
      if (waiting.push({ wish, done, failed }) === 1) setImmediate(flush)
    })
}

const buffersOf = (landings: readonly Landing[]): ArrayBuffer[] =>
  landings.flatMap(({ bytes: { buffer } }) => (buffer instanceof ArrayBuffer ? [buffer] : []))

export const createDisk = (log: Log): Disk => {
  const worker = new AskedWorker<Ask, Answer>(log, {
    program: 'disk.worker.mjs',
    name: 'disk',
    mostMegabytes: 64,
  })
  const resting = setTimeout(() => worker.rest(), restAfter).unref()
  const landAll = async (landings: Landing[]): Promise<Landed[]> => {
    resting.refresh()
    // Who comes alone after a pause does not wait for the thread to begin.
    if (worker.stir() === 'not yet') return land(landings, syncAway)
    const answer = await worker.ask((id) => ({ id, landings }), buffersOf(landings))
    return answer && 'landed' in answer
      ? answer.landed
      : landings.map(() => ({ failedAll: 'the disk thread died' }))
  }
  const syncThem = async (fds: number[]): Promise<(string | null)[]> => {
    if (worker.stir() === 'not yet') return syncAll(fds)
    const answer = await worker.ask((id) => ({ id, syncs: fds }))
    return answer && 'synced' in answer ? answer.synced : syncAll(fds)
  }
  const sync = together(syncThem)
  return {
    move: async (moves) => {
      if (moves.length === 0) return []
      resting.refresh()
      const answer = await worker.ask((id) => ({ id, moves }))
      return answer && 'moved' in answer ? answer.moved : doMoves(moves)
    },
    land: together(landAll),
    sync: async (fd) => {
      resting.refresh()
      const trouble = await sync(fd)
      if (trouble !== null) throw new Error(trouble)
    },
    close: () => {
      clearTimeout(resting)
      return worker.close()
    },
  }
}
