// A message planned for later that leaves now after all, and how many may be planned.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { onServers } from '../testing/on-servers'
import { database } from '../user/db'
import { findJob } from '../user/jobs'
import { envelopeOf, frozenPath } from './outbox'
import { retryJob } from './retry-job'
import { sendMessage } from './send-message'

const day = 24 * 3_600_000

onServers({ what: 'outbox', on: ['posthorn'] }, (at) => {
  const message = {
    from: null,
    to: [{ name: '', address: 'bob@posthorn.test' }],
    cc: [],
    bcc: [],
    subject: 'Planned',
    html: '<p>x</p>',
    text: 'x',
    uploads: [],
    inReplyTo: '',
    references: [],
    original: null,
    draft: null,
  }
  const plan = () =>
    sendMessage({
      who: at.who,
      account: 0,
      message,
      undoSeconds: 0,
      at: new Date(Date.now() + day).toISOString(),
    })
  const dateIn = (id: string) =>
    Date.parse(/^Date: (.*)\r$/m.exec(readFileSync(frozenPath(id), 'latin1'))?.[1] ?? '')

  it('is dated when it leaves, under the Message-ID it had', async () => {
    const { id } = await plan()
    expect(dateIn(id)).toBeGreaterThan(Date.now() + day / 2)
    await retryJob(at.who, id)
    expect(Math.abs(dateIn(id) - Date.now())).toBeLessThan(60_000)
    const row = await findJob(at.who.key, id)
    expect(Number(row!.created_at)).toBeLessThanOrEqual(Date.now())
    expect(readFileSync(frozenPath(id), 'latin1')).toContain(envelopeOf(row!).messageId)
  })

  it('is refused where hundreds are planned already', async () => {
    const row = (await findJob(at.who.key, (await plan()).id))!
    const rows = Array.from({ length: 499 }, (_, n) => ({ ...row, id: `planned-${n}` }))
    await (await database()).insertInto('jobs').values(rows).execute()
    await expect(plan()).rejects.toMatchObject({ code: 'too-busy' })
  })
})
