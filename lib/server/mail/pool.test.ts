import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@/lib/model/errors'
import { inHome } from '../testing/environment'
import type { Account } from './account'

interface Opened {
  who: string
  password: string
  alive: boolean
}
const opened: Opened[] = []
/** Who is refused, until when. */
const refusals = new Map<string, Promise<void>>()
vi.mock('./connection', () => ({
  connect: async ({ key, credentials }: Account, { onClose }: { onClose: () => void }) => {
    const refused = refusals.get(credentials.password)
    if (refused) {
      await refused
      throw new AppError('wrong-password')
    }
    const connection = { who: key, password: credentials.password, alive: true, selected: null }
    opened.push(connection)
    const close = () => {
      connection.alive = false
      onClose()
    }
    return Object.assign(connection, { close })
  },
}))
const { asJob, closeAccount, openAnew, withConnection } = await import('./pool')

const account = (key: string, password = 'secret'): Account => ({
  ...{ key, address: `${key}@posthorn.test`, name: '' },
  credentials: { user: key, password },
})
inHome({ POSTHORN_IMAP_CONNECTIONS: '40' })

const wish = { path: null, effect: 'read' } as const
const open = () => opened.filter(({ alive }) => alive).map(({ who }) => who)
const people = (count: number) => Array.from({ length: count }, (_, n) => `person ${n}`)

beforeEach(() => {
  opened.splice(0)
  refusals.clear()
})

it('work in the background never brings an older password back', async () => {
  await openAnew(account('alice', 'new'))
  for (const connection of opened) connection.alive = false
  await withConnection(account('alice', 'old'), { ...wish, urgency: 'background' }, async () => undefined)
  expect(opened.map(({ password }) => password)).toEqual(['new', 'new'])
  closeAccount('alice')
})

describe('a job that goes on while the password changes', () => {
  const cut = () => opened.splice(0).forEach((connection) => (connection.alive = false))
  afterEach(() => closeAccount('alice'))

  it('comes with the new one, also when nothing of the account was open meanwhile', async () => {
    await asJob(account('alice', 'old'), async (job) => {
      await withConnection(job, wish, async () => undefined)
      cut()
      await openAnew(account('alice', 'new'))
      closeAccount('alice')
      opened.splice(0)
      await withConnection(job, wish, async () => undefined)
      expect(opened.map(({ password }) => password)).toEqual(['new'])
    })
  })

  it('brings the old one back for nobody', async () => {
    await asJob(account('alice', 'old'), async (job) => {
      await openAnew(account('alice', 'new'))
      for (const connection of opened.splice(0)) connection.alive = false
      const late = { ...job, credentials: { user: 'alice', password: 'old' } }
      await withConnection(late, wish, async () => undefined)
      expect(opened.map(({ password }) => password)).toEqual(['new'])
    })
  })

  it('is refused with the old one, and tries the one that came while it was asked', async () => {
    let answer: () => void = () => undefined
    refusals.set('old', new Promise((done) => (answer = done)))
    await asJob(account('alice', 'old'), async (job) => {
      const piece = withConnection(job, { ...wish, effect: 'write' }, async () => 'done')
      await openAnew(account('alice', 'new'))
      answer()
      expect(await piece).toBe('done')
    })
  })
})

describe('more people than there may be connections', () => {
  const most = 40
  const crowd = people(most + 1)
  const last = crowd.at(-1) ?? ''
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    for (const key of crowd) closeAccount(key)
    vi.useRealTimers()
  })
  const visit = (key: string, work: () => Promise<void> = async () => undefined) =>
    withConnection(account(key), wish, work)

  it('each is served: on the place of the one that was unused longest', async () => {
    for (const key of crowd) {
      await visit(key)
      vi.advanceTimersByTime(10)
    }
    expect(open()).toHaveLength(most)
    expect(open()).not.toContain('person 0')
    await openAnew(account('person 0'))
    expect(open()).toHaveLength(most)
    expect(open()).not.toContain('person 1')
    expect(open()).toContain('person 0')
  })

  it('who comes while all are at work is served when one has ended, before its next work', async () => {
    const ends: (() => void)[] = []
    const work = () => new Promise<void>((done) => ends.push(done))
    const all = crowd.slice(0, most).map((key) => visit(key, work))
    await vi.advanceTimersByTimeAsync(0)
    let served = 'not yet'
    const waits = visit(last, async () => void (served = 'now'))
    const next = visit('person 0')
    await vi.advanceTimersByTimeAsync(1000)
    expect([served, open().length]).toEqual(['not yet', most])
    // Two of person 0: neither takes the other's place, nor another's.
    ends.shift()?.()
    await waits
    await next
    expect(served).toBe('now')
    for (const end of ends) end()
    await Promise.all(all)
    expect(open().length).toBeLessThanOrEqual(most)
  })

  it('one place is given once, though several wait for it', async () => {
    const ends: (() => void)[] = []
    const all = crowd.slice(0, most).map((key) => visit(key, () => new Promise((done) => ends.push(done))))
    await vi.advanceTimersByTimeAsync(0)
    const late = ['late 0', 'late 1', 'late 2'].map((key) =>
      visit(key, () => new Promise((done) => setTimeout(done, 10))),
    )
    for (const end of ends.splice(0, 3)) {
      end()
      await vi.advanceTimersByTimeAsync(1)
      expect(open().length).toBeLessThanOrEqual(most)
    }
    await vi.advanceTimersByTimeAsync(100)
    await Promise.all(late)
    for (const end of ends) end()
    await Promise.all(all)
    for (const key of ['late 0', 'late 1', 'late 2']) closeAccount(key)
  })

  it('who would wait too long is told when to come again, and may', async () => {
    const ends: (() => void)[] = []
    const all = crowd.slice(0, most).map((key) => visit(key, () => new Promise((done) => ends.push(done))))
    await vi.advanceTimersByTimeAsync(0)
    const refused = visit(last).catch((cause: AppError) => [cause.code, cause.retryAfterSeconds])
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await refused).toEqual(['too-busy', 5])
    const again = visit(last)
    for (const end of ends) end()
    await Promise.all([...all, again])
  })

  it('a job waits on, and each click beside it as long as any click', async () => {
    const ends: (() => void)[] = []
    const all = crowd.slice(0, most).map((key) => visit(key, () => new Promise((done) => ends.push(done))))
    await vi.advanceTimersByTimeAsync(0)
    const told: string[] = []
    const job = asJob(account(last), (who) => withConnection(who, wish, async () => void told.push('job')))
    await vi.advanceTimersByTimeAsync(10_000)
    const click = visit(last).catch(({ code }: AppError) => void told.push(code))
    await vi.advanceTimersByTimeAsync(14_900)
    expect(told).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    await click
    expect(told).toEqual(['too-busy'])
    await vi.advanceTimersByTimeAsync(120_000)
    for (const end of ends) end()
    await Promise.all([...all, job])
    expect(told).toEqual(['too-busy', 'job'])
  })
})
