import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startMailSystem, whyNot, type MailSystem } from '../e2e/servers/index'
import { openMailbox, type Mailbox } from '../e2e/servers/mailbox'
import { freePort } from '../e2e/servers/ports'
import { visitorOf, type Visitor } from '../e2e/servers/visitor'
import { startWeb, type Web } from '../e2e/servers/web'
import type { CrashPoint } from '../lib/server/crash-point'
import type { Job, Outgoing } from '../lib/model/draft'

// A send leaves exactly once, whenever the web process dies. The clock of the test is facts: an answer, a row
// in the outbox, a message in a mailbox that another client sees.

const kinds = ['posthorn', 'dovecot'] as const
const outbox = '/accounts/0/outbox'

const before: CrashPoint[] = ['frozen', 'queued', 'leased', 'before-last-dot']
const inTheGap: CrashPoint[] = ['noted-handed', 'accepted']
const after: CrashPoint[] = [
  'noted-accepted',
  'filed',
  'noted-filed',
  'marked',
  'noted-marked',
  'draft-gone',
  'done',
]

/** The steps are ours whoever listens: all of them in front of Postfix, one of each kind in front of our own. */
const points = {
  dovecot: [...before, ...after],
  posthorn: ['queued', 'before-last-dot', 'noted-accepted', 'filed', 'marked'],
} satisfies Record<(typeof kinds)[number], CrashPoint[]>

describe.each(kinds)('the outbox in front of %s', (kind) => {
  const why = whyNot(kind)
  let system: MailSystem
  let mine: Mailbox
  let theirs: Mailbox
  let home: string
  let port: number
  beforeAll(async () => {
    if (why) return
    system = await startMailSystem(kind)
    home = mkdtempSync(join(tmpdir(), 'posthorn-outbox-'))
    port = await freePort()
    mine = await openMailbox(system, system.users.alice)
    theirs = await openMailbox(system, system.users.bob)
  }, 60_000)
  afterAll(async () => {
    await mine?.close()
    await theirs?.close()
    await system?.stop()
    if (home) rmSync(home, { recursive: true, force: true })
  })

  const start = (env: Record<string, string> = {}): Promise<Web> =>
    startWeb(system, { env: { POSTHORN_HOME: home, POSTHORN_WEB_PORT: String(port), ...env } })

  const seed = async (folder: string, subject: string, flags: string[]) => {
    const raw = `From: bob@posthorn.test\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@x>\r\n\r\nHello\r\n`
    const uid = await mine.append({ folder, flags, raw })
    const status = await mine.client.status(folder, { uidValidity: true })
    return `${status && status.uidValidity}-${uid}`
  }

  const letter = async (subject: string): Promise<Outgoing> => ({
    subject,
    html: '<p>At four?</p>',
    text: 'At four?',
    uploads: [],
    inReplyTo: '',
    references: [],
    original: { folder: 'inbox', message: await seed('INBOX', `original-${subject}`, []), as: 'reply' },
    draft: { folder: 'drafts', message: await seed('Drafts', `draft-${subject}`, ['\\Draft']) },
    from: null,
    to: [{ name: 'Bob', address: system.users.bob.address }],
    cc: [],
    bcc: [{ name: 'Carol', address: system.users.carol.address }],
  })

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

  it.skipIf(why).each(points[kind])(
    'a crash at "%s": sent once, filed, marked, no draft',
    async (at) => {
      const subject = `once-${at}`
      const message = await letter(subject)
      const doomed = await start({ POSTHORN_CRASH_AT: at })
      const visitor = visitorOf(doomed)
      await visitor.signIn(system.users.alice)
      const send = { id: `press-of-send-${at}`, message, undoSeconds: 0 }
      const first = await visitor.call('POST', outbox, send).catch(() => null)
      await doomed.died()
      const web = await start()
      try {
        // As the composer does: what was not acknowledged is sent again, under the same id.
        if (!first) expect((await visitor.call('POST', outbox, send)).status).toBe(202)
        expect(await untilSettled(visitor)).toEqual([])
        await mine.until('Drafts', (seen) => !seen.some((one) => one.subject === `draft-${subject}`))
        await theirs.until('INBOX', (seen) => seen.some((one) => one.subject === subject))
        expect(await count(theirs, 'INBOX', subject)).toBe(1)
        expect(await count(mine, 'Sent', subject)).toBe(1)
        const original = (await mine.list('INBOX')).find((seen) => seen.subject === `original-${subject}`)
        expect(original?.flags).toContain('\\Answered')
      } finally {
        await web.stop()
      }
    },
    60_000,
  )

  it.skipIf(why).each(inTheGap)(
    'a crash at "%s", where SMTP cannot tell, says so',
    async (at) => {
      const subject = `gap-${at}`
      const message = await letter(subject)
      const doomed = await start({ POSTHORN_CRASH_AT: at })
      const visitor = visitorOf(doomed)
      await visitor.signIn(system.users.alice)
      await visitor.call('POST', outbox, { message, undoSeconds: 0 }).catch(() => null)
      await doomed.died()
      const web = await start()
      try {
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
      } finally {
        await web.stop()
      }
    },
    60_000,
  )

  it.skipIf(why)(
    'undo gives every word back, and nothing leaves; no word left its header when it was frozen',
    async () => {
      const web = await start()
      try {
        const visitor = visitorOf(web)
        await visitor.signIn(system.users.alice)
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
      } finally {
        await web.stop()
      }
    },
  )

  it.skipIf(why)(
    'nobody sees Bcc but who wrote it, and an attachment arrives as it was',
    async () => {
      const web = await start()
      try {
        const visitor = visitorOf(web)
        await visitor.signIn(system.users.alice)
        const bytes = Buffer.from('first\n.\n..dots\r\nlast')
        const upload = await visitor.call('POST', '/uploads?name=dots.bin', new Blob([bytes]))
        expect(upload.status).toBe(201)
        const message = { ...(await letter('with file')), uploads: [upload.body<Outgoing['uploads'][0]>()] }
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
      } finally {
        await web.stop()
      }
    },
    30_000,
  )

  it.skipIf(why)('what is sent later leaves at its time, and within a year', async () => {
    const web = await start()
    try {
      const visitor = visitorOf(web)
      await visitor.signIn(system.users.alice)
      const message = await letter('planned')
      const at = new Date(Date.now() + 2000).toISOString()
      const planned = await visitor.call('POST', outbox, { message, undoSeconds: 0, at })
      expect(planned.body<Job>()).toMatchObject({ state: 'waiting', dueAt: at })
      expect(await untilSettled(visitor)).toEqual([])
      expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(at))
      await theirs.until('INBOX', (seen) => seen.some((one) => one.subject === 'planned'))
      const never = await visitor.call('POST', outbox, {
        message,
        undoSeconds: 0,
        at: '2999-01-01T00:00:00Z',
      })
      expect(never.status).toBe(400)
    } finally {
      await web.stop()
    }
  })

  it.skipIf(why)('a recipient that the server refuses is named, the others are reached', async () => {
    const web = await start()
    try {
      const visitor = visitorOf(web)
      await visitor.signIn(system.users.alice)
      const message = await letter('partly')
      message.cc = [{ name: '', address: 'nobody-of-this-name@posthorn.test' }]
      await visitor.call('POST', outbox, { message, undoSeconds: 0 })
      await theirs.until('INBOX', (seen) => seen.some((one) => one.subject === 'partly'))
      const [job] = await untilSettled(visitor)
      expect(job).toMatchObject({
        state: 'sent',
        problem: { code: 'recipients-refused', refused: ['nobody-of-this-name@posthorn.test'] },
      })
    } finally {
      await web.stop()
    }
  })
})
