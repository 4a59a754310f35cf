import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { hearEvents } from '../e2e/servers/event-stream'
import { startMailSystem, whyNot, type MailSystem } from '../e2e/servers/index'
import { visitorOf } from '../e2e/servers/visitor'
import { startWeb, type Web } from '../e2e/servers/web'

// Sessions of a real web process in front of a real mail server.
const kinds = ['posthorn', 'dovecot'] as const

describe.each(kinds)('signing in to %s', (kind) => {
  const why = whyNot(kind)
  let system: MailSystem
  let web: Web
  beforeAll(async () => {
    if (why) return
    system = await startMailSystem(kind)
    // A proxy on loopback is believed, so each test can come from an address of its own.
    web = await startWeb(system)
  }, 60_000)
  afterAll(async () => {
    await web?.stop()
    await system?.stop()
  })
  const from = (address: string) => ({ 'x-forwarded-for': address })

  it.skipIf(why)('gives a cookie for this path alone, which nothing but the browser can read', async () => {
    const visitor = visitorOf(web)
    const answer = await visitor.signIn(system.users.alice)
    expect(answer.status).toBe(200)
    expect(answer.body()).toEqual({ address: system.users.alice.address, name: '' })
    const set = answer.headers.getSetCookie()[0]
    expect(set).toMatch(/^posthorn\.session=[^;]+; Path=\/webmail; Max-Age=\d+; HttpOnly; SameSite=Lax$/)
    expect((await visitor.call('GET', '/preferences')).status).toBe(200)
  })

  it.skipIf(why)('keeps the password neither in the cookie nor, readable, in the database', async () => {
    const visitor = visitorOf(web)
    await visitor.signIn(system.users.bob)
    const inNextAuth = await visitor.call('GET', '/auth/session')
    expect(inNextAuth.body()).toEqual({ expires: expect.any(String) })
    for (const file of ['posthorn.db', 'posthorn.db-wal']) {
      const bytes = readFileSync(join(web.home, file)).toString('latin1')
      expect(bytes).not.toContain(system.users.bob.password)
    }
  })

  it.skipIf(why)('outlives kill -9 of the web process', async () => {
    const visitor = visitorOf(web)
    await visitor.signIn(system.users.alice)
    await web.crash()
    expect((await visitor.call('GET', '/accounts/0/mailboxes')).status).toBe(200)
  })

  it.skipIf(why)('ends at once: here, elsewhere, everywhere', async () => {
    const [laptop, phone, tablet] = [visitorOf(web), visitorOf(web), visitorOf(web)]
    for (const device of [laptop, phone]) await device.signIn(system.users.carol)
    // Whatever spelling was typed: the mail server takes them for one person.
    const { address, password } = system.users.carol
    await tablet.signIn({ address: address.toUpperCase(), password })
    const kept = phone.cookie()
    interface Listed {
      sessions: { id: string; current: boolean }[]
    }
    const { sessions } = (await laptop.call('GET', '/sessions')).body<Listed>()
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, false, true])
    const [onPhone, onTablet] = [await hearEvents(web, phone), await hearEvents(web, tablet)]
    const phoneSession = (await phone.call('GET', '/sessions'))
      .body<Listed>()
      .sessions.find(({ current }) => current)
    expect((await laptop.call('DELETE', `/sessions/${phoneSession?.id}`)).status).toBe(200)
    expect((await phone.call('GET', '/preferences')).status).toBe(401)
    await onPhone.ended
    expect([onPhone.types().at(-1), onTablet.types()]).toEqual([
      'signed-out',
      expect.not.arrayContaining(['signed-out']),
    ])
    expect((await laptop.call('DELETE', '/sessions')).status).toBe(200)
    await onTablet.ended
    expect((await tablet.call('GET', '/preferences')).status).toBe(401)
    await tablet.signIn(system.users.carol)
    expect((await laptop.call('DELETE', '/session?everywhere=true')).status).toBe(200)
    for (const device of [laptop, tablet]) expect((await device.call('GET', '/preferences')).status).toBe(401)
    const replayed = await phone.call('GET', '/preferences', undefined, { cookie: kept })
    expect(replayed.status).toBe(401)
  })

  it.skipIf(why)('knows one person by every spelling that the mail server takes for one', async () => {
    const { address, password } = system.users.bob
    const [laptop, phone] = [visitorOf(web), visitorOf(web)]
    await laptop.signIn({ address, password })
    await laptop.call('POST', '/preferences', { displayName: 'Bob of the Laptop' })
    const message = {
      ...{ subject: 'Planned', html: '', text: 'x', uploads: [], inReplyTo: '', references: [] },
      ...{ original: null, draft: null, from: null, to: [{ name: '', address }], cc: [], bcc: [] },
    }
    const planned = { message, undoSeconds: 0, at: new Date(Date.now() + 3_600_000).toISOString() }
    const { id } = (await laptop.call('POST', '/accounts/0/outbox', planned)).body<{ id: string }>()
    await phone.signIn({ address: address.toUpperCase(), password })
    expect((await phone.call('GET', '/preferences')).text).toContain('Bob of the Laptop')
    const heard = await hearEvents(web, laptop)
    // What one does the other sees, and is told.
    expect((await phone.call('DELETE', `/accounts/0/outbox/${id}`)).status).toBe(200)
    await vi.waitFor(() => expect(heard.types()).toContain('job-gone'))
    expect((await laptop.call('GET', '/accounts/0/outbox')).body()).toEqual({ jobs: [] })
    heard.leave()
  })

  it.skipIf(why).each(['used_at', 'created_at'] as const)(
    'ends by itself when it is too old (%s): no request, no stream, no page; the person signs in again',
    async (age) => {
      const visitor = visitorOf(web)
      await visitor.signIn(system.users.bob)
      expect((await visitor.call('GET', '/preferences')).status).toBe(200)
      const listening = await hearEvents(web, visitor)
      const database = new Database(join(web.home, 'posthorn.db'))
      database.prepare(`update sessions set ${age} = 1`).run()
      database.close()
      // Nobody asks for anything: the stream is told by itself.
      await listening.ended
      expect(listening.types().at(-1)).toBe('signed-out')
      for (const path of ['/preferences', '/events', '/accounts/0/mailboxes/inbox/messages?offset=0&limit=1'])
        expect((await visitor.call('GET', path)).status).toBe(401)
      const headers = { cookie: visitor.cookie() }
      const page = await fetch(`${web.url}/mail/0/inbox`, { headers, redirect: 'manual' })
      expect([page.status, page.headers.get('location')]).toEqual([307, expect.stringContaining('/login')])
      expect((await visitor.signIn(system.users.bob)).status).toBe(200)
      expect((await visitor.call('GET', '/preferences')).status).toBe(200)
    },
  )

  it.skipIf(why)('nobody ends the session of somebody else', async () => {
    const [alice, bob] = [visitorOf(web), visitorOf(web)]
    await alice.signIn(system.users.alice)
    await bob.signIn(system.users.bob)
    const { sessions } = (await alice.call('GET', '/sessions')).body<{ sessions: { id: string }[] }>()
    expect((await bob.call('DELETE', `/sessions/${sessions[0]?.id}`)).status).toBe(404)
    expect((await alice.call('GET', '/preferences')).status).toBe(200)
  })

  it.skipIf(why)('refuses a request that another page could have made', async () => {
    const visitor = visitorOf(web)
    await visitor.signIn(system.users.alice)
    const write = (headers: Record<string, string>) => visitor.call('PUT', '/preferences', {}, headers)
    expect((await write({ 'x-posthorn': '' })).status).toBe(403)
    expect((await write({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await write({ 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await write({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await write({ origin: new URL(web.url).origin })).status).toBe(200)
    const login = await visitorOf(web).signIn(system.users.alice, { origin: 'https://evil.example' })
    expect(login.status).toBe(403)
  })

  it.skipIf(why)(
    'tells a wrong password from a server that is not there, and logs the first for fail2ban',
    async () => {
      const wrong = await visitorOf(web).signIn(
        { ...system.users.alice, password: 'wrong' },
        from('192.0.2.44'),
      )
      expect([wrong.status, wrong.body()]).toMatchObject([401, { error: { code: 'wrong-password' } }])
      await vi.waitFor(() =>
        expect(web.output()).toMatch(
          /"event":"sign-in-failed","reason":"wrong-password".*"address":"192\.0\.2\.44"/,
        ),
      )
      const away = await startWeb({ ...system, imap: { host: '127.0.0.1', port: 1 } })
      try {
        const answer = await visitorOf(away).signIn(system.users.alice)
        expect([answer.status, answer.body<{ error: { code: string } }>().error.code]).toEqual([
          502,
          'server-unreachable',
        ])
      } finally {
        await away.stop()
      }
    },
  )

  it.skipIf(why || kind === 'posthorn')('tells Dovecot from where the person came', async () => {
    const { bob } = system.users
    await visitorOf(web).signIn(bob, from('192.0.2.51'))
    await visitorOf(web).signIn({ ...bob, password: 'wrong' }, from('2001:db8::52'))
    // It is written when the connection ends: one that was refused is not kept.
    await vi.waitFor(() => {
      expect(system.imapLog?.()).toMatch(
        /imap-login: Info: Login: user=<bob@posthorn\.test>.* rip=192\.0\.2\.51,/,
      )
      expect(system.imapLog?.()).toMatch(/auth failed.*user=<bob@posthorn\.test>.* rip=2001:db8::52,/)
    })
  })

  // Dovecot makes each wrong try wait longer than the one before: that would be tested, not we.
  it.skipIf(kind === 'dovecot')('slows a guesser down after five tries, and nobody else', async () => {
    const guess = () =>
      visitorOf(web).signIn({ address: 'dora@posthorn.test', password: 'x' }, from('192.0.2.99'))
    const statuses: number[] = []
    for (let tries = 0; tries < 6; tries++) statuses.push((await guess()).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
    expect(Number((await guess()).headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await visitorOf(web).signIn(system.users.alice, from('192.0.2.98'))).status).toBe(200)
  })
})
