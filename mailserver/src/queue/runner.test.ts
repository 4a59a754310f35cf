// A queue on a real folder and a delivery that counts. That nothing can be written is a trigger in its database, which
// any process may set and take away; the queue looks again when another process has changed something.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { realClock, type Clock } from '../core/clock'
import { readConfig } from '../core/config'
import { createLog } from '../core/log'
import { openQueue, type Deliver, type MakeReport, type Queue } from './index'
import { openQueueDatabase } from './database'
import type { Envelope, WaitingRecipient } from './model'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const far: Envelope = {
  sender: 'alice@posthorn.test',
  owner: null,
  recipients: [
    { address: 'x@far.test', original: 'x@far.test', orcpt: null, notify: [], target: { kind: 'foreign' } },
  ],
  ret: null,
  envid: null,
  smtpUtf8: false,
  requireTls: false,
}

const here: Envelope = {
  ...far,
  recipients: far.recipients.map((each) => ({
    ...each,
    target: { kind: 'mailbox', user: 'bob@posthorn.test', folder: 'INBOX' },
  })),
}

const open = async (parts: { deliver: Deliver; report: MakeReport; clock?: Clock }) => {
  const home = mkdtempSync(join(tmpdir(), 'queue-'))
  closing.push(() => rmSync(home, { recursive: true }))
  const lines: string[] = []
  const log = createLog('error', (line) => lines.push(line))
  const config = readConfig({ POSTHORN_HOME: home, POSTHORN_DOMAIN: 'posthorn.test' })
  const queue = await openQueue({ config, clock: realClock, log, ...parts })
  closing.push(() => queue.stop())
  const spool = join(home, 'mail', 'spool')
  const other = openQueueDatabase(spool, 'each commit')
  closing.push(() => void other.close())
  return { queue, lines, other, files: () => readdirSync(join(spool, 'messages')) }
}

const send = async (queue: Queue, envelope = far) => {
  const file = queue.create()
  await file.write(Buffer.from('Subject: x\r\n\r\nx\r\n'))
  await queue.accept(file, { envelope, sealed: file.seal(), prefix: 0 })
}

const until = async (fact: () => boolean) => {
  while (!fact()) await new Promise((done) => setTimeout(done, 5))
}

const delivered = (recipients: readonly WaitingRecipient[]) =>
  recipients.map(() => ({ kind: 'delivered', reply: '250 ok', by: 'far', dsn: 'kept' }) as const)

const failures = (lines: readonly string[]) => lines.filter((line) => line.includes('delivery-broke')).length

test('what was delivered and cannot be written down is not delivered again: only the writing is repeated', async () => {
  let deliveries = 0
  const deliver: Deliver = ({ recipients }) => {
    deliveries += 1
    return Promise.resolve(delivered(recipients))
  }
  const { queue, lines, other, files } = await open({ deliver, report: () => Promise.resolve(null) })
  other.exec(
    "CREATE TRIGGER full BEFORE DELETE ON recipients BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END",
  )
  await send(queue)
  await until(() => failures(lines) > 0)
  // Any change of another process makes the queue look again.
  other.exec('CREATE TABLE another (x)')
  await until(() => failures(lines) > 1)
  expect(deliveries).toBe(1)
  other.exec('DROP TRIGGER full')
  await until(() => queue.messages().length === 0 && files().length === 0)
  expect(deliveries).toBe(1)
  expect(other.prepare('SELECT count(*) FROM recipients').pluck().get()).toBe(0)
})

test('a report that cannot be queued leaves no file behind, and is queued once when it can', async () => {
  const tried: string[] = []
  const deliver: Deliver = ({ message, recipients }) => {
    tried.push(message.sender)
    return Promise.resolve(
      message.sender === ''
        ? delivered(recipients)
        : recipients.map(() => ({ kind: 'failed', reply: '550 no', by: 'far' }) as const),
    )
  }
  const report: MakeReport = (message) =>
    Promise.resolve(
      message.sender === ''
        ? null
        : { envelope: { ...far, sender: '' }, bytes: Buffer.from('Subject: report\r\n\r\n'), prefix: 0 },
    )
  const { queue, lines, other, files } = await open({ deliver, report })
  other.exec(
    "CREATE TRIGGER full BEFORE INSERT ON messages WHEN NEW.sender = '' BEGIN SELECT RAISE(ABORT, 'full'); END",
  )
  await send(queue)
  await until(() => failures(lines) > 0)
  expect(files()).toEqual(queue.messages().map(({ id }) => id))
  other.exec('DROP TRIGGER full')
  await until(() => queue.messages().length === 0 && files().length === 0)
  expect(tried).toEqual([far.sender, ''])
})

test('what is in the journal alone and could not be queued once is queued the next time', async () => {
  const told: string[] = []
  // Half a minute until the next try.
  const clock: Clock = { ...realClock, after: (ms, job) => realClock.after(Math.min(ms, 5), job) }
  const deliver: Deliver = ({ recipients }) =>
    Promise.resolve(recipients.map(() => ({ kind: 'failed', reply: '552 full', by: 'local' }) as const))
  const report: MakeReport = (message) => {
    told.push(message.id)
    return Promise.resolve(null)
  }
  const { queue, lines, other, files } = await open({ deliver, report, clock })
  other.exec(
    "CREATE TRIGGER full BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END",
  )
  await send(queue, here)
  await until(() => lines.some((line) => line.includes('hand-over-failed')))
  other.exec('DROP TRIGGER full')
  await until(() => told.length > 0)
  await until(() => queue.messages().length === 0 && files().length === 0)
  expect(lines.filter((line) => line.includes('EEXIST'))).toEqual([])
  expect(told).toHaveLength(1)
})
