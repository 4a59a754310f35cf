// What a machine does to a running web process: its disk is full, its clock is set. Whoever waits is told in words, nothing
// is lost, nothing is done early or twice, and all goes on afterwards.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startMailSystem, type MailSystem } from '../e2e/servers/index'
import { openMailbox, type Mailbox } from '../e2e/servers/mailbox'
import { makeClock, whyNoClock, type SetClock } from '../e2e/servers/set-clock'
import { makeSmallDisk, whyNoDisk, type SmallDisk } from '../e2e/servers/small-disk'
import { putPiece, uploaded } from '../e2e/servers/upload'
import { visitorOf, type Visitor } from '../e2e/servers/visitor'
import { startWeb, type Web } from '../e2e/servers/web'
import type { Job, Outgoing } from '../lib/model/draft'

const outbox = '/accounts/0/outbox'
const hour = 3_600_000

let system: MailSystem
let theirs: Mailbox
beforeAll(async () => {
  system = await startMailSystem('posthorn')
  theirs = await openMailbox(system, system.users.bob)
}, 60_000)
afterAll(async () => {
  await theirs?.close()
  await system?.stop()
})

const letter = (subject: string): Outgoing => ({
  ...{ subject, html: '<p>At four?</p>', text: 'At four?', uploads: [], inReplyTo: '', references: [] },
  ...{ original: null, draft: null, from: null, cc: [], bcc: [] },
  to: [{ name: 'Bob', address: system.users.bob.address }],
})

const arrived = (subject: string) =>
  theirs.until('INBOX', (seen) => seen.some((one) => one.subject === subject), 20_000)
const timesArrived = async (subject: string) =>
  (await theirs.list('INBOX')).filter((seen) => seen.subject === subject).length

const jobsOf = async (visitor: Visitor) => (await visitor.call('GET', outbox)).body<{ jobs: Job[] }>().jobs

const whyFull = whyNoDisk()
describe('a disk that is full under the web process', () => {
  if (whyFull) {
    it.skip(`did not run: ${whyFull}`)
    return
  }
  let disk: SmallDisk
  let web: Web
  let visitor: Visitor
  beforeAll(async () => {
    disk = makeSmallDisk()
    web = await startWeb(system, { env: { POSTHORN_HOME: disk.folder } })
    visitor = visitorOf(web)
    await visitor.signIn(system.users.alice)
  }, 60_000)
  afterAll(async () => {
    await web?.stop()
    disk?.remove()
  })

  const name = (displayName: string) => visitor.call('POST', '/preferences', { displayName })
  const noRoom = { error: { code: 'no-room' } }

  /** No page of the log is left to write over, and every session is due to be noted. */
  const fill = () => {
    const database = new Database(join(disk.folder, 'posthorn.db'))
    database.prepare('update sessions set used_at = used_at - 120000').run()
    database.pragma('wal_checkpoint(TRUNCATE)')
    disk.fill()
    database.close()
  }

  it('each who writes is told so, reading goes on, and afterwards nothing is missing', async () => {
    await name('Alice Before')
    const pending = await visitor.call('POST', outbox, { message: letter('pending'), undoSeconds: 1 })
    expect(pending.status).toBe(202)
    fill()
    const send = { id: 'press-of-the-full-disk', message: letter('refused, then sent'), undoSeconds: 0 }
    const bytes = Buffer.alloc(100_000, 'x')
    const file = { id: 'a'.repeat(32), name: 'file.bin', size: bytes.length, from: 0, bytes }
    const draft = { ...letter('a draft'), html: 'long '.repeat(10) }
    const refused = {
      'a setting': await name('Alice After'),
      'a send': await visitor.call('POST', outbox, send),
      'a file': await putPiece(visitor, file),
      'a sign-in': await visitorOf(web).signIn(system.users.bob),
    }
    for (const [what, answer] of Object.entries(refused))
      expect([what, answer.status, answer.body()]).toMatchObject([what, 507, noRoom])
    // What lies on the mail server needs no room here: mail is read, and a draft is kept.
    expect((await visitor.call('GET', '/accounts/0/mailboxes/inbox/messages?offset=0&limit=5')).status).toBe(
      200,
    )
    expect((await visitor.call('PUT', '/accounts/0/drafts', { draft })).status).toBe(200)
    expect((await visitor.call('GET', '/preferences')).text).toContain('Alice Before')
    await vi.waitFor(() => expect(web.output()).toContain('outbox-failed'), { timeout: 10_000 })
    expect(await timesArrived('pending')).toBe(0)

    disk.makeRoom()
    expect((await visitor.call('POST', outbox, send)).status).toBe(202)
    for (const subject of ['pending', send.message.subject]) await arrived(subject)
    expect((await name('Alice After')).status).toBe(200)
    await uploaded(visitor, { name: 'again.bin', bytes })
    expect((await visitorOf(web).signIn(system.users.bob)).status).toBe(200)
    await vi.waitFor(async () => expect(await jobsOf(visitor)).toEqual([]), { timeout: 10_000 })
    for (const subject of ['pending', send.message.subject]) expect(await timesArrived(subject)).toBe(1)
    expect(readdirSync(join(disk.folder, 'outbox')).filter((left) => left.endsWith('.part'))).toEqual([])
  })
})

const whyFixed = whyNoClock()
describe('a clock that is set under the web process', () => {
  if (whyFixed) {
    it.skip(`did not run: ${whyFixed}`)
    return
  }
  let clock: SetClock
  let web: Web
  let visitor: Visitor
  beforeAll(async () => {
    clock = makeClock()
    web = await startWeb(system, { env: clock.env })
    visitor = visitorOf(web)
    await visitor.signIn(system.users.alice)
  }, 60_000)
  afterAll(async () => {
    await web?.stop()
    clock?.remove()
  })

  const jumps = () => web.output().split('"clock-jumped"').length - 1

  it.each([
    ['ahead, by a year', 366 * 24],
    ['back, by a day', -24],
  ])(
    '%s: nothing planned leaves, nobody is signed out, and what is written now leaves now',
    async (_, hours) => {
      const subject = `planned ${hours}`
      const at = new Date(Date.now() + 24 * hour).toISOString()
      const planned = await visitor.call('POST', outbox, { message: letter(subject), undoSeconds: 0, at })
      expect(planned.body<Job>()).toMatchObject({ state: 'waiting', dueAt: at })
      const before = jumps()
      clock.set(hours)
      expect((await visitor.call('GET', '/preferences')).status).toBe(200)
      await vi.waitFor(() => expect(jumps()).toBeGreaterThan(before))
      await visitor.call('POST', outbox, { message: letter(`now ${hours}`), undoSeconds: 0 })
      await arrived(`now ${hours}`)
      await vi.waitFor(async () =>
        expect((await jobsOf(visitor)).map((job) => job.subject)).toEqual([subject]),
      )
      expect((await visitorOf(web).signIn(system.users.bob)).status).toBe(200)
      // A list is as new as the mailbox, whatever the clock says.
      const folder = '/accounts/0/mailboxes/inbox/messages?offset=0&limit=5'
      const mine = await openMailbox(system, system.users.alice)
      for (const n of [1, 2]) {
        await mine.append({ raw: `From: bob@posthorn.test\r\nSubject: news ${hours} ${n}\r\n\r\nHello\r\n` })
        expect((await visitor.call('GET', folder)).text).toContain(`news ${hours} ${n}`)
      }
      await mine.close()
      clock.set(0)
      expect((await jobsOf(visitor)).map(({ state }) => state)).toEqual(['waiting'])
      await visitor.call('DELETE', `${outbox}/${planned.body<Job>().id}`)
      expect(await timesArrived(subject)).toBe(0)
    },
  )
})
