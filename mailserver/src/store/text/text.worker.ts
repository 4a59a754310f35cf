// The thread that decodes, indexes and searches text, so that no connection waits for another's search.
//
// Invariants:
//  - Between two slices of indexing, questions of other users are answered.
//  - A question is answered after everything committed before it is indexed, or names what is not.
import { parentPort } from 'node:worker_threads'
import { TextDatabase } from './database'
import { doHeavy, pack } from './heavy'
import type { Answer, Ask } from './protocol'

const mostOpen = 8
const open = new Map<string, TextDatabase>()

const databaseOf = (folder: string): TextDatabase => {
  let found = open.get(folder)
  if (found) open.delete(folder)
  else found = new TextDatabase(folder)
  open.set(folder, found)
  for (const oldest of [...open.keys()].slice(0, Math.max(0, open.size - mostOpen))) shut(oldest)
  return found
}

const shut = (folder: string) => {
  open.get(folder)?.close()
  open.delete(folder)
}

const pause = () => new Promise<void>((done) => setImmediate(done))

const indexAll = async (folder: string) => {
  while (databaseOf(folder).indexSome() === 'more') await pause()
}

const tell = (answer: Answer, handOver: ArrayBuffer[] = []) => parentPort?.postMessage(answer, handOver)

const work = async (asked: Ask): Promise<void> => {
  if (asked.ask === 'forget') {
    shut(asked.folder)
    return void tell({ answer: 'forgotten', id: asked.id })
  }
  if (asked.ask === 'heavy') {
    const { result, handOver } = pack(doHeavy(asked.heavy))
    return void tell({ answer: 'heavy', id: asked.id, result }, handOver)
  }
  await indexAll(asked.folder)
  if (asked.ask === 'index') return databaseOf(asked.folder).checkpoint()
  const database = databaseOf(asked.folder)
  const hits = database.find(asked.needles).map((ids) => Uint32Array.from(ids))
  tell({ answer: 'found', id: asked.id, hits, unindexed: database.unindexed() })
}

parentPort?.on('message', (asked: Ask) => {
  work(asked).catch((error: unknown) => {
    if ('folder' in asked) shut(asked.folder)
    if ('id' in asked) tell({ answer: 'failed', id: asked.id, reason: String(error) })
  })
})
