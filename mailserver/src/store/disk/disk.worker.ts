// The thread that renames and links: a disk that stalls holds it, and not the connections.
import { parentPort } from 'node:worker_threads'
import type { Answer, Ask } from './client'
import { doMoves } from './moves'

parentPort?.on('message', ({ id, moves }: Ask) => {
  parentPort?.postMessage({ id, moved: doMoves(moves) } satisfies Answer)
})
