// What the checks read and what is written, on a real spool; the checks themselves are the test's.
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../core/config'
import { isWhole, openSpool, type Spool } from '../queue/spool'
import type { HookParts } from './hooks'
import { isRefusal } from './incoming'
import { fitted } from './room'
import { readAndCheck } from './strangers'

let folder: string
let spool: Spool
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-strangers-'))
  spool = await openSpool(folder, () => 0)
})
afterEach(async () => {
  await spool.close()
  rmSync(folder, { recursive: true })
})

const trace = {
  queueId: 'Q1',
  sender: 'a@b.example',
  helo: 'b.example',
  clientName: 'b.example',
  clientAddress: '198.51.100.7',
  protocol: 'ESMTP',
  cipher: null,
  recipient: null,
  now: new Date(0),
}

const plain = 'Authentication-Results: ours;\r\n\tspf=none\r\n'

const bring = async (message: string, findings = plain) => {
  const seen = { files: [] as string[], inode: 0, text: '' }
  const messages = join(folder, 'messages')
  const parts = {
    config: readConfig({ POSTHORN_DOMAIN: 'posthorn.test' }),
    door: 'transfer',
    queue: { create: (id: string) => spool.create(id) },
    checks: {
      check: async ({ open }: { open: () => Readable }) => {
        seen.files = readdirSync(messages)
        if (seen.files[0]) seen.inode = statSync(join(messages, seen.files[0])).ino
        seen.text = await text(open())
        return { verdict: 'take', headers: findings, domain: '' }
      },
    },
    spam: async ({ open, size }: { open: () => Readable; size: number }) => {
      const body = await text(open())
      expect(body).toBe(seen.text)
      expect(body).toHaveLength(size)
      return { verdict: 'take', headers: 'X-Spam-Status: No\r\n' }
    },
  } as unknown as HookParts
  const read = await readAndCheck(parts, trace, {
    stream: Readable.from(pieces(message)),
    recipients: ['bob@posthorn.test'],
  })
  if (isRefusal(read)) throw new Error(read.text)
  return { ...read, seen }
}

const pieces = (message: string) =>
  Array.from({ length: Math.ceil(message.length / 50_000) }, (_, at) =>
    Buffer.from(message.slice(at * 50_000, (at + 1) * 50_000)),
  )

const returnPath = 'Return-Path: <a@b.example>\r\n'
const unpadded = (text: string) => text.replace(/ +\r\n/g, '\r\n')
/** Several writes of the reader's. */
const large = `Subject: x\r\n\r\n${`${'x'.repeat(70)}\r\n`.repeat(10_000)}`

test('a small message is read from memory and written once, when somebody wants the file', async () => {
  const { file, taken, seen } = await bring('Subject: x\r\n\r\nhello\r\n')
  expect(seen.files).toEqual([])
  expect(seen.text).toMatch(/^Received: from b\.example/)
  expect(readdirSync(join(folder, 'messages'))).toEqual([])
  expect(taken.prefix).toBe(returnPath.length)
  expect(taken.sealed.bytes?.toString()).toBe(`${returnPath}${plain}X-Spam-Status: No\r\n${seen.text}`)
  await file.discard()
})

const stood = async ({ file, taken, seen }: Awaited<ReturnType<typeof bring>>) => {
  expect(readdirSync(join(folder, 'messages'))).toEqual(['Q1'])
  expect(taken.sealed.bytes).toBeNull()
  await (
    await file.stand()
  ).synced
  expect(await isWhole(file.path, taken.sealed)).toBe(true)
  const written = readFileSync(file.path, 'latin1')
  const isThatFile = statSync(file.path).ino === seen.inode
  await file.discard()
  expect(readdirSync(join(folder, 'messages'))).toEqual([])
  return { written, isThatFile }
}

test('a large one is written once: what the checks find is filled in above it, in white space before folds', async () => {
  const brought = await bring(large)
  const { seen, taken } = brought
  expect(seen.files).toEqual(['Q1'])
  expect(seen.text).toMatch(/^Received: from b\.example/)
  expect(seen.text.endsWith(large)).toBe(true)
  const { written, isThatFile } = await stood(brought)
  expect(isThatFile).toBe(true)
  expect(unpadded(written)).toBe(`${returnPath}${plain}X-Spam-Status: No\r\n${seen.text}`)
  expect(written.slice(0, taken.prefix)).toBe(returnPath)
  const head = written.slice(0, written.indexOf('\r\n\r\n')).split('\r\n')
  expect(written.length - unpadded(written).length).toBeLessThan(2_000)
  // RFC 5322 sections 2.1.1 and 2.2.3
  expect(head.filter((line) => line.length > 998 || /^\s*$/.test(line))).toEqual([])
  for (const [at, line] of head.entries()) if (line.endsWith(' ')) expect(head[at + 1]).toMatch(/^\t/)
})

test('where more was found than there is room for, it is written anew, and nothing is lost', async () => {
  const findings = `Authentication-Results: ours;\r\n\tspf=none (${'very '.repeat(100)}\r\n\t${'long '.repeat(500)})\r\n`
  const brought = await bring(large, findings)
  const { written, isThatFile } = await stood(brought)
  expect(isThatFile).toBe(false)
  expect(written).toBe(`${returnPath}${findings}X-Spam-Status: No\r\n${brought.seen.text}`)
})

test('without a fold to fill, the message is as it should be', () => {
  const top = Buffer.from('Return-Path: <>\r\nX-Spam-Status: No\r\n')
  expect(fitted(top, 1000)).toBe(top)
  const folded = Buffer.from('Received: from x\r\n\tby y;\r\n\tnow\r\n')
  for (const room of [folded.length, folded.length + 1, 1500, 2000])
    expect(fitted(folded, room)).toHaveLength(room)
  // More than two lines may hold.
  expect(fitted(folded, 3000)).toBe(folded)
  expect(fitted(folded, null)).toBe(folded)
})
