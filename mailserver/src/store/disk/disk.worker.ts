// The thread that writes, renames, links and syncs: a disk that stalls holds it, and not the connections.
import { fsync } from 'node:fs'
import { promisify } from 'node:util'
import { parentPort } from 'node:worker_threads'
import type { Answer, Ask } from './client'
import { land, syncAll, type Landing } from './landing'
import { doMoves } from './moves'

const syncAway = promisify(fsync)
let waiting: { id: number; landings: readonly Landing[] }[] = []

const tell = (answer: Answer) => parentPort?.postMessage(answer)

/** What came while the last batch was on its way to the disk goes together. */
const landAll = async () => {
  const all = waiting
  waiting = []
  const landed = await land(
    all.flatMap(({ landings }) => landings),
    syncAway,
  )
  let from = 0
  for (const { id, landings } of all) {
    tell({ id, landed: landed.slice(from, from + landings.length) })
    from += landings.length
  }
}

const work = async (asked: Ask): Promise<void> => {
  if ('moves' in asked) return tell({ id: asked.id, moved: doMoves(asked.moves) })
  if ('syncs' in asked) return tell({ id: asked.id, synced: await syncAll(asked.syncs) })
  if (waiting.push(asked) === 1) setImmediate(() => void landAll())
}

parentPort?.on('message', (asked: Ask) => void work(asked))
