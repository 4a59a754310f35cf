// The thread that writes, renames, links and syncs: a disk that stalls holds it, and not the connections.
import { fsync } from 'node:fs'
import { promisify } from 'node:util'
import { parentPort } from 'node:worker_threads'
import type { Answer, Ask } from './client'
import { land, type Landing } from './landing'
import { doMoves } from './moves'

const syncAway = promisify(fsync)
let waiting: { id: number; landing: Landing }[] = []

const tell = (answer: Answer) => parentPort?.postMessage(answer)

/** What came while the last batch was on its way to the disk goes together. */
const landAll = async () => {
  const all = waiting
  waiting = []
  const landed = await land(
    all.map(({ landing }) => landing),
    syncAway,
  )
  all.forEach(({ id }, at) => tell({ id, landed: landed[at]! }))
}

parentPort?.on('message', (asked: Ask) => {
  if ('moves' in asked) return tell({ id: asked.id, moved: doMoves(asked.moves) })
  if (waiting.push(asked) === 1) setImmediate(() => void landAll())
})
