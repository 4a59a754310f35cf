// What the checks read and what is written, on a real spool; the checks themselves are the test's.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../core/config'
import { openSpool, type Spool } from '../queue/spool'
import type { HookParts } from './hooks'
import { isRefusal } from './incoming'
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

const bring = async (message: string) => {
  const seen = { files: [] as string[], text: '', body: '' }
  const parts = {
    config: readConfig({ POSTHORN_DOMAIN: 'posthorn.test' }),
    door: 'transfer',
    queue: { create: (id: string) => spool.create(id) },
    checks: {
      check: async ({ open }: { open: () => Readable }) => {
        seen.files = readdirSync(join(folder, 'messages'))
        seen.text = await text(open())
        return { verdict: 'take', headers: 'Authentication-Results: ours; none\r\n', domain: '' }
      },
    },
    spam: async ({ open, size }: { open: () => Readable; size: number }) => {
      seen.body = await text(open())
      expect(seen.body).toHaveLength(size)
      return { verdict: 'take', headers: 'X-Spam-Status: No\r\n' }
    },
  } as unknown as HookParts
  const read = await readAndCheck(parts, trace, {
    stream: Readable.from([Buffer.from(message)]),
    recipients: ['bob@posthorn.test'],
  })
  if (isRefusal(read)) throw new Error(read.text)
  return { ...read, seen }
}

const head = 'Return-Path: <a@b.example>\r\n'

test('a small message is read from memory and written once, when somebody wants the file', async () => {
  const { file, taken, seen } = await bring('Subject: x\r\n\r\nhello\r\n')
  expect(seen.files).toEqual([])
  expect(seen.text.startsWith(`${head}Received: from b.example`)).toBe(true)
  expect(seen.body).toBe(seen.text.slice(head.length))
  expect(readdirSync(join(folder, 'messages'))).toEqual([])
  expect(taken.prefix).toBe(head.length)
  expect(taken.sealed.bytes?.toString()).toBe(
    `${head}Authentication-Results: ours; none\r\nX-Spam-Status: No\r\n${seen.body}`,
  )
  await file.discard()
})

test('a large one stands in a file while it is checked, and only in its own afterwards', async () => {
  const rows = `${'x'.repeat(70)}\r\n`.repeat(10_000)
  const { file, taken, seen } = await bring(`Subject: x\r\n\r\n${rows}`)
  expect(seen.files).toEqual(['Q1.in'])
  expect(readdirSync(join(folder, 'messages'))).toEqual(['Q1'])
  expect(taken.sealed.bytes).toBeNull()
  await (
    await file.stand()
  ).synced
  expect(readFileSync(file.path, 'latin1')).toBe(
    `${head}Authentication-Results: ours; none\r\nX-Spam-Status: No\r\n${seen.body}`,
  )
  await file.discard()
})
