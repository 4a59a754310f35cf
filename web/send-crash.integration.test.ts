// kill -9 at random moments of sending, in front of Postfix: each message arrives once, or says that it may have been
// sent; each has its copy, and no draft is left. `npm run test:long -- send-crash` does it two hundred times.
import { setTimeout as after } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { startMailSystem, whyNot } from '../e2e/servers/index'
import type { TestUser } from '../e2e/servers/contract'
import { openMailbox, type Mailbox } from '../e2e/servers/mailbox'
import { visitorOf, type Answer } from '../e2e/servers/visitor'
import { startWeb } from '../e2e/servers/web'
import { seedOf, sendsOf } from '../lib/server/testing/settings'
import type { Draft, Job } from '../lib/model/draft'

const outbox = '/accounts/0/outbox'
/** Longer than a send takes here, so that some kills find it done. */
const longestMs = 400
const sends = sendsOf()

/** The same moments for the same seed (mulberry32). */
const moments = (seed: number) => {
  let state = seed >>> 0
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * longestMs
  }
}

/** As the browser does: what was not answered is asked again. */
const untilAnswered = async (ask: () => Promise<Answer>): Promise<Answer> => {
  for (;;) {
    const answer = await ask().catch(() => null)
    if (answer && answer.status < 500) return answer
    await after(50)
  }
}

it.skipIf(whyNot('dovecot'))(
  `${sends} sends, each with a kill at a random moment`,
  async () => {
    const seed = seedOf()
    console.log(`seed ${seed}`)
    const next = moments(seed)
    const system = await startMailSystem('dovecot')
    const web = await startWeb(system)
    const looking: Mailbox[] = []
    const look = async (user: TestUser) => looking[looking.push(await openMailbox(system, user)) - 1]!
    try {
      const visitor = visitorOf(web)
      await visitor.signIn(system.users.alice)
      const subjects: string[] = []
      const jobs = async (): Promise<Job[]> =>
        (await untilAnswered(() => visitor.call('GET', outbox))).body<{ jobs: Job[] }>().jobs
      for (let round = 0; round < sends; round++) {
        const subject = `kill ${round}`
        subjects.push(subject)
        const blank: Draft = {
          subject,
          html: '<p>At four?</p>',
          text: 'At four?',
          uploads: [],
          inReplyTo: '',
          references: [],
          original: null,
          draft: null,
          lineage: { key: `killed-draft-${round}`, writer: 'window-of-the-test', count: 1 },
          from: null,
          to: [{ name: 'Bob', address: system.users.bob.address }],
          cc: [],
          bcc: [],
        }
        const saved = await visitor.call('PUT', '/accounts/0/drafts', { draft: blank })
        const message = { ...blank, draft: saved.body<NonNullable<Draft['draft']>>() }
        const send = { id: `press-of-send-${seed}-${round}`, message, undoSeconds: 0 }
        const killed = after(next()).then(() => web.crash())
        expect((await untilAnswered(() => visitor.call('POST', outbox, send))).status).toBe(202)
        await killed
      }
      // Only now: what looks on for the half hour that this takes on a busy machine is signed out for its idleness.
      const mine = await look(system.users.alice)
      const theirs = await look(system.users.bob)
      let unsure = 0
      for (;;) {
        const pending = await jobs()
        if (pending.length === 0) break
        const doubtful = pending.filter(({ state }) => state === 'unsure')
        // What was taken in SMTP's gap may still be on its way through Postfix: its file is in the queue since RCPT.
        if (doubtful.length > 0)
          await vi.waitFor(() => expect(system.inTransit?.()).toBe(0), { timeout: 60_000, interval: 50 })
        for (const job of doubtful) {
          unsure++
          // What a person does: looks whether it arrived, and says so, or sends it again.
          const arrived = (await theirs.list('INBOX')).some((seen) => seen.subject === job.subject)
          await visitor.call('POST', `${outbox}/${job.id}/${arrived ? 'file' : 'retry'}`, {})
        }
        expect(pending.filter(({ state }) => state === 'failed' || state === 'parked')).toEqual([])
        await after(200)
      }
      await theirs.until('INBOX', (seen) =>
        subjects.every((one) => seen.some(({ subject }) => subject === one)),
      )
      await mine.until('Drafts', (seen) => seen.length === 0)
      const counted = async (box: typeof mine, folder: string) =>
        (await box.list(folder)).map((seen) => seen.subject)
      expect((await counted(theirs, 'INBOX')).toSorted()).toEqual(subjects.toSorted())
      expect((await counted(mine, 'Sent')).toSorted()).toEqual(subjects.toSorted())
      console.log(`killed sends: ${sends}, unsure ${unsure}`)
    } finally {
      for (const one of looking) await one.close()
      await web.stop()
      await system.stop()
    }
  },
  60_000 + sends * 20_000,
)
