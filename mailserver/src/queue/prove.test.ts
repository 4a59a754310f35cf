import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { createLog } from '../core/log'
import { createCommitter } from './committer'
import { openQueueDatabase, queueStatements } from './database'
import { createProver } from './prove'
import { openSpool } from './spool'

test('a whole message counts only when folder and log are synced; a torn one leaves its name free', async () => {
  const home = mkdtempSync(join(tmpdir(), 'prove-'))
  const db = openQueueDatabase(home, 'by the committer')
  const spool = await openSpool(home, Date.now)
  const rows = queueStatements(db)
  const synced: string[] = []
  const syncLog = () => Promise.resolve(void synced.push('log'))
  const committer = createCommitter({ db, syncLog, onLost: () => undefined })
  const bytes = Buffer.from('Subject: x\r\n\r\n')
  for (const id of ['WHOLE', 'TORN']) {
    writeFileSync(spool.path(id), id === 'WHOLE' ? bytes : Buffer.alloc(bytes.length))
    rows.insert({
      ...{ id, sender: '', owner: null, receivedAt: 0, size: bytes.length, prefix: 0, sum: crc32(bytes) },
      ...{ recipients: [], ret: null, envid: null, smtpUtf8: false, requireTls: false },
    })
  }
  const messages = new Map(rows.load().map((message) => [message.id, message]))
  const prove = createProver({
    ...{ messages, committer, rows, unproven: new Set(messages.keys()) },
    spool: { ...spool, sync: () => spool.sync().then(() => void synced.push('folder')) },
    log: createLog('error', () => undefined),
  })
  const [whole, torn] = ['WHOLE', 'TORN'].map((id) => messages.get(id)!)
  const twice = await Promise.all([prove(whole!), prove(whole!)])
  expect(twice).toEqual([true, true])
  expect(synced.sort()).toEqual(['folder', 'log'])
  expect(await Promise.all([prove(torn!), prove(torn!)])).toEqual([false, false])
  expect([...messages.keys()]).toEqual(['WHOLE'])
  expect(readdirSync(spool.aside)).toEqual(['TORN'])
  expect(rows.load().map(({ id }) => id)).toEqual(['WHOLE'])
  await spool.close()
  db.close()
})
