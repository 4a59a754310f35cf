// Two of our servers exchange mail over loopback addresses, found through a made-up DNS.
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDkim } from '../../src/checks/dkim'
import { readConfig } from '../../src/core/config'
import { createLog } from '../../src/core/log'
import type { Resolver } from '../../src/delivery/mx'
import { greeted } from '../support/dialog'
import { freePort } from '../support/postfix'
import { password, startServer, testEnvironment, type TestServer } from '../support/server'

const noSuchName = () => Object.assign(new Error('queryMx ENOTFOUND'), { code: 'ENOTFOUND' })

const zone: Record<string, { exchange: string; priority: number }[]> = {
  'b.test': [
    { exchange: 'second.b.test', priority: 20 },
    { exchange: 'dead.b.test', priority: 10 },
  ],
  'nomail.test': [{ exchange: '', priority: 0 }],
  'circle.test': [{ exchange: 'mail.a.test', priority: 10 }],
  'strict.test': [{ exchange: 'second.b.test', priority: 10 }],
  'strict-elsewhere.test': [{ exchange: 'second.b.test', priority: 10 }],
  'strict-trial.test': [{ exchange: 'second.b.test', priority: 10 }],
  'dead.test': [{ exchange: 'dead.b.test', priority: 10 }],
}
const hosts: Record<string, string[]> = {
  'second.b.test': ['127.0.0.2'],
  'dead.b.test': ['127.0.0.9'],
  'plain.test': ['127.0.0.2'],
  'mail.a.test': ['127.0.0.1'],
}

const resolver: Resolver = {
  mx: async (domain) => {
    const found = zone[domain]
    if (!found) throw noSuchName()
    return found
  },
  addresses: async (host) => {
    const found = hosts[host]
    if (!found) throw noSuchName()
    return found
  },
  texts: async (name) => (name.startsWith('_mta-sts.strict') ? ['v=STSv1; id=1'] : []),
}

/** What the domains promise about their mail servers. */
const policies: Record<string, string> = {
  'mta-sts.strict.test': 'version: STSv1\nmode: enforce\nmx: second.b.test\nmax_age: 86400\n',
  'mta-sts.strict-elsewhere.test': 'version: STSv1\nmode: enforce\nmx: mx.elsewhere.test\nmax_age: 86400\n',
  'mta-sts.strict-trial.test': 'version: STSv1\nmode: testing\nmx: mx.elsewhere.test\nmax_age: 86400\n',
}

let port: number
let a: TestServer
let b: TestServer
let viaRelay: TestServer

beforeAll(async () => {
  port = await freePort('127.0.0.2')
  const at = (host: string, domain: string, more = {}) => ({
    POSTHORN_MAIL_HOST: host,
    POSTHORN_DOMAIN: domain,
    POSTHORN_MAIL_HOSTNAME: `mail.${domain}`,
    ...more,
  })
  const parts = { resolver, remotePort: port, fetchPolicy: async (host: string) => policies[host] ?? '' }
  b = await startServer({
    env: at('127.0.0.2', 'b.test', {
      POSTHORN_SMTP_PORT: String(port),
      POSTHORN_MAIL_DOMAINS: 'plain.test,far.test,strict.test,strict-elsewhere.test,strict-trial.test',
    }),
    users: ['bob', 'bob@plain.test', 'bob@far.test', 'bob@strict.test', 'bob@strict-trial.test'],
    parts,
  })
  a = await startServer({ env: at('127.0.0.1', 'a.test'), users: ['alice'], parts })
  viaRelay = await startServer({
    env: at('127.0.0.1', 'c.test', { POSTHORN_RELAY_HOST: `second.b.test:${port}` }),
    users: ['carol'],
    parts,
  })
})
afterAll(() => Promise.all([a.stop(), b.stop(), viaRelay.stop()]))

const submit = async (
  server: TestServer,
  mail: { from: string; to: string[]; subject: string; options?: string },
) => {
  const talk = await greeted(server.doors.submission as number)
  const token = Buffer.from(`\0${mail.from}\0${password}`).toString('base64')
  expect(await talk.say(`AUTH PLAIN ${token}`)).toMatch(/^235/)
  expect(await talk.say(`MAIL FROM:<${mail.from}>`)).toMatch(/^250/)
  for (const to of mail.to) expect(await talk.say(`RCPT TO:<${to}>${mail.options ?? ''}`)).toMatch(/^250/)
  await talk.say('DATA')
  talk.send(`From: ${mail.from}\r\nSubject: ${mail.subject}\r\n\r\nhello\r\n.\r\n`)
  expect(await talk.reply()).toMatch(/^250 2\.0\.0 Ok: queued as/)
  talk.end()
  await server.idle()
}

const find = (mails: string[], subject: string) => mails.find((text) => text.includes(`Subject: ${subject}`))

/** The domains whose signatures hold, by the record that setup and check print. */
const signers = async (mail: string) => {
  const config = readConfig(testEnvironment(a.home, { POSTHORN_DOMAIN: 'a.test' }))
  const { name, text } = openDkim({ config, log: createLog('error', () => {}) }).record('a.test')
  const resolver = async (asked: string) => {
    if (asked !== name) throw noSuchName()
    return [[text]]
  }
  const { results } = await dkimVerify(Buffer.from(mail, 'latin1'), { resolver } as never)
  return results.filter(({ status }) => status.result === 'pass').map(({ signingDomain }) => signingDomain)
}

test('by MX: the preferred host is down, the next one takes it, under TLS and signed', async () => {
  await submit(a, { from: 'alice@a.test', to: ['bob@b.test'], subject: 'by mx' })
  await b.idle()
  const mail = find(b.mails('bob@b.test'), 'by mx') as string
  expect(mail).toMatch(/^Return-Path: <alice@a\.test>\r\nReceived: from mail\.a\.test/)
  expect(mail).toContain('with ESMTPS id')
  expect(await signers(mail)).toEqual(['a.test'])
  expect(await signers(mail.replace('hello', 'hallo'))).toEqual([])
  expect(mail.match(/^Return-Path:/gm)).toHaveLength(1)
})

test('no MX: the address of the domain itself (RFC 5321 section 5.1)', async () => {
  await submit(a, { from: 'alice@a.test', to: ['bob@plain.test'], subject: 'without mx' })
  await b.idle()
  expect(find(b.mails('bob@plain.test'), 'without mx')).toBeDefined()
})

test.each([
  ['nobody@b.test', '5.1.1', 'unknown there'],
  ['x@nomail.test', '5.1.10', 'null MX (RFC 7505)'],
  ['x@nowhere.test', '5.1.2', 'no such domain'],
  ['x@circle.test', '5.4.6', 'an MX that is ourselves'],
])('%s comes back with %s: %s', async (address, status) => {
  await submit(a, { from: 'alice@a.test', to: [address], subject: `to ${address}` })
  const bounce = a
    .mails('alice@a.test')
    .find((text) => text.includes(`Final-Recipient: rfc822; ${address}`)) as string
  expect(bounce).toMatch(/^Return-Path: <>\r\n/)
  expect(bounce).toContain('multipart/report; report-type=delivery-status')
  expect(bounce).toContain(`Status: ${status}\r\n`)
  expect(bounce).toContain('Action: failed\r\n')
  expect(bounce).toContain(`Subject: to ${address}`)
})

test('NOTIFY=NEVER is never told (RFC 3461 section 4.1)', async () => {
  const before = a.mails('alice@a.test').length
  await submit(a, {
    from: 'alice@a.test',
    to: ['x@nowhere.test'],
    subject: 'silent',
    options: ' NOTIFY=NEVER',
  })
  expect(a.mails('alice@a.test')).toHaveLength(before)
})

test('NOTIFY=SUCCESS for a local mailbox is told, with ORCPT decoded (RFC 3461 section 6.3)', async () => {
  await submit(a, {
    from: 'alice@a.test',
    to: ['alice@a.test'],
    subject: 'confirm',
    options: ' NOTIFY=SUCCESS ORCPT=rfc822;al+2Bx@a.test',
  })
  const told = a.mails('alice@a.test').find((text) => text.includes('Action: delivered')) as string
  expect(told).toContain('Original-Recipient: rfc822;al+x@a.test')
})

test('a host that is down defers, and nobody is bothered yet', async () => {
  await submit(a, { from: 'alice@a.test', to: ['x@dead.test'], subject: 'wait' })
  const deferred = a.log.find(({ event, to }) => event === 'deferred' && to === 'x@dead.test')
  expect(deferred?.reply).toMatch(/^451 4\.4\.1/)
  expect(a.mails('alice@a.test').find((text) => text.includes('dead.test'))).toBeUndefined()
})

test('everything foreign goes through the relay host', async () => {
  await submit(viaRelay, { from: 'carol@c.test', to: ['bob@far.test'], subject: 'relayed' })
  await b.idle()
  expect(find(b.mails('bob@far.test'), 'relayed')).toContain('Received: from mail.c.test')
})

test('one message to people here and there leaves one copy each', async () => {
  await submit(a, {
    from: 'alice@a.test',
    to: ['alice@a.test', 'bob@b.test', 'bob@plain.test'],
    subject: 'to all',
  })
  await b.idle()
  for (const [server, user] of [
    [a, 'alice@a.test'],
    [b, 'bob@b.test'],
    [b, 'bob@plain.test'],
  ] as const) {
    expect(server.mails(user).filter((text) => text.includes('Subject: to all'))).toHaveLength(1)
  }
})

// RFC 8461 section 5: b's certificate is its own, so the promise cannot be kept, and plain text is no way out.
test.each([
  ['bob@strict.test', /self.signed/i],
  ['bob@strict-elsewhere.test', /4\.7\.5 the MTA-STS policy names none/],
])('%s promised more than its server holds: the mail waits', async (address, why) => {
  await submit(a, { from: 'alice@a.test', to: [address], subject: 'strictly' })
  const tried = a.log.filter(({ event, to }) => event === 'deferred' && to === address)
  expect(tried.map(({ reply }) => reply).join()).toMatch(why)
  expect(find(b.mails('bob@strict.test'), 'strictly')).toBeUndefined()
})

test('a promise on trial changes nothing but the log', async () => {
  await submit(a, { from: 'alice@a.test', to: ['bob@strict-trial.test'], subject: 'on trial' })
  await b.idle()
  expect(find(b.mails('bob@strict-trial.test'), 'on trial')).toBeDefined()
  expect(a.log.some(({ event, domain }) => event === 'sts-stranger' && domain === 'strict-trial.test')).toBe(
    true,
  )
})
