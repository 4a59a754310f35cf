// The store's side of the disk thread. One way there and back serves a whole batch: a rename of its own through the pool of
// threads costs several times what the rename does.
import { fsync } from 'node:fs'
import { promisify } from 'node:util'
import type { Log } from '../../core/log'
import { AskedWorker } from '../worker'
import { land, type Landed, type Landing } from './landing'
import { doMoves, type Move, type Moved } from './moves'

export type Ask = { id: number; moves: readonly Move[] } | { id: number; landing: Landing }
export type Answer = { id: number; moved: Moved[] } | { id: number; landed: Landed }

export interface Disk {
  /** One after the other; what becomes of each, in their order. */
  move(moves: readonly Move[]): Promise<Moved[]>
  /** Takes the bytes away from the caller. */
  land(landing: Landing): Promise<Landed>
  close(): Promise<void>
}

const restAfter = 20_000
const syncAway = promisify(fsync)

const landHere = async (landing: Landing): Promise<Landed> => {
  const [landed] = await land([landing], syncAway)
  return landed as Landed
}

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
      return answer && 'moved' in answer ? answer.moved : doMoves(moves)
    },
    land: async (landing) => {
      resting.refresh()
      // Who comes alone after a pause does not wait for the thread to begin.
      if (worker.stir() === 'not yet') return landHere(landing)
      const { buffer } = landing.bytes
      const answer = await worker.ask(
        (id) => ({ id, landing }),
        buffer instanceof ArrayBuffer ? [buffer] : [],
      )
      return answer && 'landed' in answer ? answer.landed : { failedAll: 'the disk thread died' }
    },
    close: () => {
      clearTimeout(resting)
      return worker.close()
    },
  }
}
