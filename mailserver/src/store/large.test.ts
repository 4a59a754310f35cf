// A very large message is read, taken apart and decoded beside the event loop, whoever brought it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readMessage } from '../message'
import type { UserStore } from './contract'
import { withCrlf } from './facts'
import { createStore } from './index'

const address = 'alice@posthorn.test'
const payload = Buffer.alloc(18 * 1024 * 1024, 'What is in the file. ')
const lines = payload.toString('base64').replace(/.{76}/g, '$&\n')
const head = 'MIME-Version: 1.0\nSubject: large\nContent-Type: multipart/mixed; boundary=b\n\n'
const file = `--b\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n${lines}\n`
const bare = Buffer.from(`${head}--b\nContent-Type: text/plain\n\nhello\n${file}--b--\n`)
const wire = withCrlf(bare)

let folder: string
let store: ReturnType<typeof createStore>
let alice: UserStore
let inbox: number
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'large-'))
  store = createStore({ folder })
  alice = store.open(address)
  inbox = alice.mailbox('INBOX')!.id
  await alice.append(inbox, [{ source: wire }])
  // As a Dovecot keeps it.
  writeFileSync(join(folder, address, 'Maildir', 'new', '1.foreign.host'), bare)
  await alice.refresh(inbox)
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The longest time for which nothing else had its turn. */
const longestWait = async (work: () => Promise<unknown>): Promise<number> => {
  let [longest, last, isRunning] = [0, performance.now(), true]
  const turn = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (isRunning) setImmediate(turn)
  }
  turn()
  await work()
  isRunning = false
  return longest
}

const timeOf = (work: () => unknown): number => {
  const began = performance.now()
  work()
  return performance.now() - began
}

test.each([1, 2])(
  'message %i: its tree and its parts are what they are, and others have their turn',
  async (uid) => {
    expect(alice.row(inbox, uid)!.size).toBe(wire.length)
    expect(await alice.tree(inbox, uid)).toEqual(readMessage(wire))
    const decoded = await alice.decoded(inbox, uid, [2])
    expect(decoded.kind === 'bytes' && decoded.bytes.equals(payload)).toBe(true)
    expect(await alice.decoded(inbox, uid, [3])).toEqual({ kind: 'absent' })
    const piece = await alice.readRange(inbox, uid, wire.length - 100_000, wire.length)
    expect(piece.equals(wire.subarray(-100_000))).toBe(true)
    // What it would take here, on this machine at this moment, is what the others would wait for.
    const waits = []
    for (let round = 0; round < 5; round++) {
      const here = timeOf(() => readMessage(withCrlf(bare)))
      waits.push((await longestWait(() => alice.tree(inbox, uid))) / here)
    }
    expect(Math.min(...waits)).toBeLessThan(0.5)
  },
)
