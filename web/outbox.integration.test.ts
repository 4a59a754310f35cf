import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startMailSystem, whyNot, type MailSystem } from '../e2e/servers/index'
import { dealt, drawn } from '../e2e/lots'
import { openMailbox, type Mailbox } from '../e2e/servers/mailbox'
import { freePort } from '../e2e/servers/ports'
import { openPiece, putPiece, uploaded } from '../e2e/servers/upload'
import { visitorOf, type Visitor } from '../e2e/servers/visitor'
import { startWeb, type Web } from '../e2e/servers/web'
import type { CrashPoint } from '../lib/server/crash-point'
import { extent, seedOf } from '../lib/server/testing/settings'
import type { Job, Outgoing } from '../lib/model/draft'

// A send leaves exactly once, whenever the web process dies. The clock of the test is facts: an answer, a row
// in the outbox, a message in a mailbox that another client sees.

const kinds = ['posthorn', 'dovecot'] as const
const outbox = '/accounts/0/outbox'

/** Its own at every try. */
const named = (subject: string) => `${subject}-${randomBytes(3).toString('hex')}`

const asked = ['frozen', 'queued'] as const
const handing = ['leased', 'before-last-dot'] as const
const inTheGap = ['noted-handed', 'accepted'] as const
const after = [
  'noted-accepted',
  'filed',
  'noted-filed',
  'marked',
  'noted-marked',
  'draft-gone',
  'done',
] as const
type Told = (typeof asked | typeof handing | typeof after)[number]
const told: readonly Told[] = [...asked, ...handing, ...after]

const lots = { seed: seedOf() }
console.log(`crashes of a send: TEST_SEED=${lots.seed}`)

interface Crashes {
  told: readonly Told[]
  gap: readonly CrashPoint[]
}

/**
 * Each is another start of the web process, so a run draws some of every kind, more of them in front of Postfix: the steps
 * are ours whoever listens. `npm run test:long -- outbox` goes through all of them on both.
 */
const crashesIn = (run: 'sample' | 'all'): Record<(typeof kinds)[number], Crashes> => {
  const every = { told, gap: inTheGap }
  if (run === 'all') return { dovecot: every, posthorn: every }
  const oneOf = <T extends string>(steps: readonly T[], count = 1) => drawn(steps, { ...lots, count })
  const there: Told[] = [...oneOf(asked), ...oneOf(handing), ...oneOf(after, 2)]
  const left = told.filter((step) => !there.includes(step))
  const [gapThere = [], gapHere = []] = dealt(inTheGap, { ...lots, hands: 2, nameOf: String })
  const dovecot: Crashes = { told: there, gap: gapThere }
  // Where Postfix is not there, ours is asked what it would have been.
  if (whyNot('dovecot')) return { dovecot, posthorn: { told: there, gap: inTheGap } }
  return { dovecot, posthorn: { told: oneOf(left, 2), gap: gapHere } }
}
const crashes = crashesIn(extent())

/** What died before it was acknowledged goes through every step again. */
const fromTheTop: readonly CrashPoint[] = ['frozen', 'queued', 'before-last-dot']

/** The process that makes up for a crash comes to no step before it, but it leases the job again, wherever that stopped. */
const diesAfter = (at: CrashPoint, next: CrashPoint | null): CrashPoint | null =>
  fromTheTop.includes(at) || next === 'leased' ? null : next

describe.each(kinds)('the outbox in front of %s', (kind) => {
  const why = whyNot(kind)
  let system: MailSystem
  let mine: Mailbox
  let theirs: Mailbox
  let home: string
  let port: number
  let web: Web | null = null
  let visitor: Visitor
  let diesAt: CrashPoint | null = null
  beforeAll(async () => {
    if (why) return
    system = await startMailSystem(kind)
    home = mkdtempSync(join(tmpdir(), 'posthorn-outbox-'))
    port = await freePort()
    mine = await openMailbox(system, system.users.alice)
    theirs = await openMailbox(system, system.users.bob)
  }, 60_000)
  afterAll(async () => {
    await web?.stop()
    await mine?.close()
    await theirs?.close()
    await system?.stop()
    if (home) rmSync(home, { recursive: true, force: true })
  })

  /** The one web process of these tests: the one that runs already, unless another was asked for. */
  const running = async (dies: CrashPoint | null = null): Promise<Web> => {
    if (web && dies === diesAt) return web
    await web?.stop()
    web = null
    const env = { POSTHORN_HOME: home, POSTHORN_WEB_PORT: String(port) }
    const known = visitor as Visitor | undefined
    web = await startWeb(system, { env: { ...env, ...(dies ? { POSTHORN_CRASH_AT: dies } : {}) } })
    diesAt = dies
    visitor = known ?? visitorOf(web)
    if (!known) await visitor.signIn(system.users.alice)
    return web
  }

  const afresh = async (dies: CrashPoint | null = null): Promise<void> => {
    await web?.stop()
    web = null
    await running(dies)
  }

  /** It dies where it was told to; the next one makes up for it. */
  const succeeded = async (by: CrashPoint | null): Promise<void> => {
    await web?.died()
    await afresh(by)
  }

  // What a failed test leaves behind may be dead, or about to die.
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await afresh()
  })

  const seed = async (folder: string, subject: string, flags: string[]) => {
    const raw = `From: bob@posthorn.test\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@x>\r\n\r\nHello\r\n`
    const uid = await mine.append({ folder, flags, raw })
    const status = await mine.client.status(folder, { uidValidity: true })
    return `${status && status.uidValidity}-${uid}`
  }

  /** How much there is of each file that has not come whole. */
  const begunUploads = (): number[] =>
    readdirSync(join(home, 'uploads'))
      .filter((name) => name.endsWith('.part'))
      .map((name) => statSync(join(home, 'uploads', name)).size)

  const letter = async (subject: string): Promise<Outgoing> => {
    const draft = await seed('Drafts', `draft-${subject}`, ['\\Draft'])
    return {
      subject,
      html: '<p>At four?</p>',
      text: 'At four?',
      uploads: [],
      inReplyTo: '',
      references: [],
      original: { folder: 'inbox', message: await seed('INBOX', `original-${subject}`, []), as: 'reply' },
      draft: { folder: 'drafts', message: draft },
      lineage: { key: `of-draft-${draft}-end`, writer: 'window-of-the-test', count: 1 },
      from: null,
      to: [{ name: 'Bob', address: system.users.bob.address }],
      cc: [],
      bcc: [{ name: 'Carol', address: system.users.carol.address }],
    }
  }

  const jobs = async (visitor: Visitor): Promise<Job[]> =>
    (await visitor.call('GET', outbox)).body<{ jobs: Job[] }>().jobs

  const untilSettled = async (visitor: Visitor): Promise<Job[]> => {
    let pending: Job[] = []
    // Asked as often as a person looks: asked without a pause, the answers would take the time of the sending.
    await vi.waitFor(
      async () => {
        pending = await jobs(visitor)
        expect(pending.filter(({ state }) => ['waiting', 'sending'].includes(state))).toEqual([])
      },
      { timeout: 30_000, interval: 100 },
    )
    return pending
  }

  const count = async (box: Mailbox, folder: string, subject: string) =>
    (await box.list(folder)).filter((seen) => seen.subject === subject).length

  // From the last to the first: the process that makes up for one crash is the one that dies at the step before.
  it
    .skipIf(why)
    .each(crashes[kind].told.toReversed().map((at, place, all) => [at, all[place + 1] ?? null] as const))(
    'a crash at "%s": sent once, filed, marked, no draft',
    async (at, next) => {
      const subject = named(`once-${at}`)
      const message = await letter(subject)
      await running(at)
      const send = { id: `press-of-${subject}`, message, undoSeconds: 0 }
      const first = await visitor.call('POST', outbox, send).catch(() => null)
      await succeeded(diesAfter(at, next))
      // As the composer does: what was not acknowledged is sent again, under the same id.
      if (!first) expect((await visitor.call('POST', outbox, send)).status).toBe(202)
      expect(await untilSettled(visitor)).toEqual([])
      await mine.until('Drafts', (seen) => !seen.some((one) => one.subject === `draft-${subject}`))
      await theirs.until('INBOX', (seen) => seen.some((one) => one.subject === subject))
      expect(await count(theirs, 'INBOX', subject)).toBe(1)
      expect(await count(mine, 'Sent', subject)).toBe(1)
      const original = (await mine.list('INBOX')).find((seen) => seen.subject === `original-${subject}`)
      expect(original?.flags).toContain('\\Answered')
    },
    60_000,
  )

  it.skipIf(why).each(crashes[kind].gap)(
    'a crash at "%s", where SMTP cannot tell, says so',
    async (at) => {
      const subject = named(`gap-${at}`)
      const message = await letter(subject)
      await running(at)
      await visitor.call('POST', outbox, { message, undoSeconds: 0 }).catch(() => null)
      await succeeded(null)
      const [job] = await untilSettled(visitor)
      expect(job).toMatchObject({ subject, state: 'unsure' })
      const path = `${outbox}/${job?.id}`
      if (at === inTheGap[0]) {
        // "It was sent": nothing leaves any more, the copy is filed, the draft goes.
        const sent = await count(theirs, 'INBOX', subject)
        expect((await visitor.call('POST', `${path}/file`, {})).status).toBe(200)
        expect(await untilSettled(visitor)).toEqual([])
        await mine.until('Sent', (seen) => seen.some((one) => one.subject === subject))
        await mine.until('Drafts', (seen) => !seen.some((one) => one.subject === `draft-${subject}`))
        expect(await count(theirs, 'INBOX', subject)).toBe(sent)
        expect((await visitor.call('POST', `${path}/file`, {})).status).toBe(409)
      } else {
        const back = await visitor.call('DELETE', path)
        expect(back.body<{ draft: Outgoing }>().draft.subject).toBe(subject)
      }
    },
    60_000,
  )

  it.skipIf(why)(
    'undo gives every word back, and nothing leaves; no word left its header when it was frozen',
    async () => {
      await running()
      const more = '\r\nBcc: evil@example.org\r\n\r\nwords\0'
      const hostile = { subject: `undone${more}`, inReplyTo: `<x@y>${more}`, references: [`<x@y>${more}`] }
      const message = { ...(await letter('undone')), ...hostile }
      const sent = await visitor.call('POST', outbox, { message, undoSeconds: 30 })
      expect([sent.status, sent.body<Job>().state]).toEqual([202, 'waiting'])
      const frozen = readFileSync(join(home, 'outbox', `${sent.body<Job>().id}.eml`), 'latin1')
      const fields = (frozen.split('\r\n\r\n', 1)[0] ?? '').match(/^[\w-]+(?=:)/gm) ?? []
      expect(fields).toContain('Subject')
      expect(fields.map((name) => name.toLowerCase())).not.toContain('bcc')
      expect(frozen).not.toContain('\0')
      const back = await visitor.call('DELETE', `${outbox}/${sent.body<Job>().id}`)
      expect(back.body()).toEqual({ draft: message, kind: 'message' })
      expect(await jobs(visitor)).toEqual([])
      const late = await visitor.call('DELETE', `${outbox}/${sent.body<Job>().id}`)
      expect(late.status).toBe(404)
    },
  )

  it.skipIf(why)(
    'nobody sees Bcc but who wrote it, and an attachment arrives as it was',
    async () => {
      await running()
      const bytes = Buffer.from('first\n.\n..dots\r\nlast')
      const upload = await uploaded(visitor, { name: 'dots.bin', bytes })
      const message = { ...(await letter('with file')), uploads: [upload] }
      await visitor.call('POST', outbox, { message, undoSeconds: 0 })
      const rawOf = async (box: Mailbox, folder: string) => {
        const [found] = (
          await box.until(folder, (seen) => seen.some((one) => one.subject === 'with file'))
        ).filter((seen) => seen.subject === 'with file')
        const lock = await box.client.getMailboxLock(folder)
        const fetched = await box.client.fetchOne(String(found?.uid), { source: true }, { uid: true })
        lock.release()
        return (fetched && fetched.source?.toString('latin1')) || ''
      }
      expect(await rawOf(mine, 'Sent')).toMatch(/^Bcc: Carol <carol@posthorn.test>\r$/m)
      const arrived = await rawOf(theirs, 'INBOX')
      expect(arrived).not.toMatch(/carol/i)
      expect(arrived).toContain(bytes.toString('base64'))
    },
    30_000,
  )

  it.skipIf(why)('what is sent later leaves at its time, and within a year', async () => {
    await running()
    const message = await letter('planned')
    const at = new Date(Date.now() + 2000).toISOString()
    const planned = await visitor.call('POST', outbox, { message, undoSeconds: 0, at })
    expect(planned.body<Job>()).toMatchObject({ state: 'waiting', dueAt: at })
    expect(await untilSettled(visitor)).toEqual([])
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(at))
    await theirs.until('INBOX', (seen) => seen.some((one) => one.subject === 'planned'))
    // What has left is not sent again from its draft, so this is another.
    const next = await letter('planned again')
    const never = await visitor.call('POST', outbox, {
      message: next,
      undoSeconds: 0,
      at: '2999-01-01T00:00:00Z',
    })
    expect(never.status).toBe(400)
    // Taken back to be changed, it still knows when it was to leave.
    const morning = new Date(Date.now() + 3_600_000).toISOString()
    const waiting = await visitor.call('POST', outbox, {
      message: next,
      undoSeconds: 0,
      at: morning,
    })
    const back = await visitor.call('DELETE', `${outbox}/${waiting.body<Job>().id}`)
    expect(back.body()).toMatchObject({ draft: { draft: null, planned: morning } })
  })

  it.skipIf(why)(
    'a draft that is saved while its folder is looked at stands in the list',
    async () => {
      await running()
      const list = async () =>
        (await visitor.call('GET', '/accounts/0/mailboxes/drafts/messages?offset=0&limit=50')).body<{
          rows: { id: string }[]
        }>()
      const before = (await list()).rows.map(({ id }) => id)
      const blank = { ...(await letter('looked at')), original: null, draft: null }
      let draft: { message: string } | null = null
      for (let round = 0; round < 40; round++) {
        const saving = visitor.call('PUT', '/accounts/0/drafts', { draft: { ...blank, draft } })
        const looks = [list(), list()]
        const saved = await saving
        looks.push(list())
        await Promise.all(looks)
        draft = saved.body<{ message: string }>()
        const rows = (await list()).rows.map(({ id }) => id)
        expect(rows.filter((id) => !before.includes(id))).toContain(draft.message)
      }
    },
    60_000,
  )

  it.skipIf(why)('addresses beyond ASCII are given to the server as it knows them', async () => {
    await running()
    // A domain needs no extension (RFC 5891 section 4.4); who refuses it names it, and it is told as it was written.
    const foreign = {
      ...(await letter('idn')),
      bcc: [],
      to: [{ name: '', address: 'info@příklad.posthorn.test' }],
    }
    foreign.cc = [{ name: '', address: system.users.bob.address }]
    await visitor.call('POST', outbox, { message: foreign, undoSeconds: 0 })
    await theirs.until('INBOX', (seen) => seen.some((one) => one.subject === 'idn'))
    // SMTPUTF8 (RFC 6531): both take it; Dovecot's LMTP knows none, so behind Postfix it comes back as a report.
    const utf8 = {
      ...(await letter('utf8')),
      bcc: [],
      to: [{ name: 'Žofie', address: 'bob+žofie@posthorn.test' }],
    }
    await visitor.call('POST', outbox, { message: utf8, undoSeconds: 0 })
    expect((await untilSettled(visitor)).filter(({ subject }) => subject === 'utf8')).toEqual([])
    await mine.until('Sent', (seen) => seen.some((one) => one.subject === 'utf8'))
    if (kind === 'posthorn') await theirs.until('INBOX', (seen) => seen.some((one) => one.subject === 'utf8'))
    // Where answers are to go stands in the header alone, and needs the extension as well.
    const answers = {
      ...(await letter('utf8-answers')),
      bcc: [],
      replyTo: [{ name: '', address: 'alice+žofie@posthorn.test' }],
    }
    await visitor.call('POST', outbox, { message: answers, undoSeconds: 0 })
    expect((await untilSettled(visitor)).filter(({ subject }) => subject === 'utf8-answers')).toEqual([])
    if (kind === 'posthorn')
      await theirs.until('INBOX', (seen) => seen.some((one) => one.subject === 'utf8-answers'))
    else {
      const after = { ...(await letter('after-utf8')), bcc: [] }
      await visitor.call('POST', outbox, { message: after, undoSeconds: 0 })
      await theirs.until('INBOX', (seen) => seen.some((one) => one.subject === 'after-utf8'))
      expect(await count(theirs, 'INBOX', 'utf8-answers')).toBe(0)
    }
  })

  it.skipIf(why)('a file that breaks off goes on where it stopped, and belongs to one person', async () => {
    const web = await running()
    const bytes = randomBytes(300_000)
    const file = { id: 'a'.repeat(32), name: 'long.bin', size: bytes.length }
    const put = async (from: number, to: number, who = visitor) =>
      (await putPiece(who, { ...file, from, bytes: bytes.subarray(from, to) })).body<{
        received: number
        upload: Outgoing['uploads'][0] | null
      }>()
    expect(await put(0, 100_000)).toEqual({ received: 100_000, upload: null })
    // Neither a gap nor a repetition is written; a kill loses nothing of what was told.
    expect((await put(200_000, 300_000)).received).toBe(100_000)
    expect((await put(0, 50_000)).received).toBe(100_000)
    await web.crash()
    expect((await put(100_000, 250_000)).received).toBe(250_000)
    const { upload } = await put(250_000, 300_000)
    expect(upload).toMatchObject({ name: 'long.bin', size: 300_000 })
    expect((await put(0, 0)).upload).toEqual(upload)
    const bob = visitorOf(web)
    await bob.signIn(system.users.bob)
    expect((await put(0, 0, bob)).received).toBe(0)
    expect((await bob.call('GET', `/uploads/${upload?.id}`)).status).toBe(404)
    expect((await visitor.call('GET', `/uploads/${upload?.id}`)).headers.get('content-disposition')).toMatch(
      /^attachment/,
    )
    const tooMuch = await putPiece(visitor, { ...file, id: 'b'.repeat(32), size: 10, from: 0, bytes })
    expect(tooMuch.status).toBe(400)
    const huge = await putPiece(visitor, { ...file, id: 'c'.repeat(32), size: 1e11, from: 0, bytes })
    expect(huge.status).toBe(413)
  })

  it.skipIf(why)(
    'an upload that hangs holds up nobody, and one under way outlasts a stop told twice',
    async () => {
      // Of its own: a connection that somebody keeps open is answered for a while after the stop.
      await afresh()
      const web = await running()
      const bytes = randomBytes(100_000)
      const file = { id: 'd'.repeat(32), name: 'hung.bin', size: bytes.length }
      const hung = openPiece(visitor, { ...file, url: web.url, from: 0 })
      hung.request.write(bytes.subarray(0, 40_000))
      await vi.waitFor(() => expect(begunUploads()).toContain(40_000), { timeout: 20_000 })
      const next = await putPiece(visitor, { ...file, from: 0, bytes: Buffer.alloc(0) })
      expect(next.body<{ received: number }>().received).toBe(40_000)
      hung.request.destroy()

      const last = openPiece(visitor, { ...file, url: web.url, from: 40_000 })
      last.request.write(bytes.subarray(40_000, 90_000))
      await vi.waitFor(() => expect(begunUploads()).toContain(90_000), { timeout: 20_000 })
      process.kill(web.pid(), 'SIGTERM')
      await vi.waitFor(() => expect(fetch(web.url)).rejects.toThrow(), { timeout: 20_000 })
      process.kill(web.pid(), 'SIGTERM')
      last.request.end(bytes.subarray(90_000))
      expect(await last.status).toBe(200)
      await succeeded(null)
    },
  )

  it.skipIf(why)('a recipient that the server refuses is named, the others are reached', async () => {
    await running()
    const message = await letter('partly')
    message.cc = [{ name: '', address: 'nobody-of-this-name@posthorn.test' }]
    await visitor.call('POST', outbox, { message, undoSeconds: 0 })
    await theirs.until('INBOX', (seen) => seen.some((one) => one.subject === 'partly'))
    const [job] = await untilSettled(visitor)
    expect(job).toMatchObject({
      state: 'sent',
      problem: { code: 'recipients-refused', refused: ['nobody-of-this-name@posthorn.test'] },
    })
  })
})
