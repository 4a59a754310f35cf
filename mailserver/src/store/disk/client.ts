// The store's side of the disk thread. One way there and back serves a whole batch: a rename of its own through the pool of
// threads costs several times what the rename does.
import type { Log } from '../../core/log'
import { AskedWorker } from '../worker'
import { doMoves, type Move, type Moved } from './moves'

export interface Ask {
  id: number
  moves: readonly Move[]
}
export interface Answer {
  id: number
  moved: Moved[]
}

export interface Disk {
  /** One after the other; what becomes of each, in their order. */
  move(moves: readonly Move[]): Promise<Moved[]>
  close(): Promise<void>
}

const restAfter = 20_000

export const createDisk = (log: Log): Disk => {
  const worker = new AskedWorker<Ask, Answer>(log, {
    program: 'disk.worker.mjs',
    name: 'disk',
    mostMegabytes: 64,
  })
  const resting = setTimeout(() => worker.rest(), restAfter).unref()
  return {
    move: async (moves) => {
      if (moves.length === 0) return []
      resting.refresh()
      const answer = await worker.ask((id) => ({ id, moves }))
      return answer?.moved ?? doMoves(moves)
    },
    close: () => {
      clearTimeout(resting)
      return worker.close()
    },
  }
}
