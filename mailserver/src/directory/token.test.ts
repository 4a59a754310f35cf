// What an answer of RFC 7662 must hold before its token opens a mailbox; the giver is a server of the test's own.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { realClock } from '../core/clock'
import { readConfig } from '../core/config'
import { createTokens } from './token'

const told: Record<string, unknown> = {}
let giver: Server
let url = ''

beforeAll(async () => {
  giver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => response.end(JSON.stringify(told[new URLSearchParams(body).get('token') ?? ''])))
  })
  await new Promise<void>((done) => giver.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(giver.address() as AddressInfo).port}/introspect`
})
afterAll(() => void giver.close())

const asker = (wanted: Record<string, string>) => {
  const set = Object.entries(wanted).map(([key, value]) => [`POSTHORN_OAUTH_${key}`, value])
  const env = {
    POSTHORN_HOME: '/nowhere',
    POSTHORN_DOMAIN: 'posthorn.test',
    POSTHORN_OAUTH_INTROSPECTION: url,
  }
  return createTokens(readConfig({ ...env, ...Object.fromEntries(set) }), realClock, () => undefined)!
}
let asked = 0
/** Does the giver's answer open a mailbox? */
const opens = async (wanted: Record<string, string>, answer: object) => {
  const token = `t${asked++}`
  told[token] = { active: true, username: 'bob@posthorn.test', email: 'bob@posthorn.test', ...answer }
  return (await asker(wanted)(token)).kind === 'holder'
}

test('a token that was given for something else opens nothing: its audience is ours (RFC 7662 section 2.2)', async () => {
  const wanted = { AUDIENCE: 'mail' }
  expect(await opens(wanted, { aud: 'mail' })).toBe(true)
  expect(await opens(wanted, { aud: ['calendar', 'mail'] })).toBe(true)
  for (const aud of [
    undefined,
    null,
    '',
    'calendar',
    'mail calendar',
    ['calendar'],
    [['mail']],
    { mail: true },
    1,
  ])
    expect(await opens(wanted, { aud }), JSON.stringify(aud)).toBe(false)
})

test('its scopes hold the one that reads mail, as a word of its own (RFC 6749 section 3.3)', async () => {
  const wanted = { SCOPE: 'mail' }
  expect(await opens(wanted, { scope: 'openid mail' })).toBe(true)
  for (const scope of [undefined, '', 'openid', 'mailing', 'openid mail.read', ['mail']])
    expect(await opens(wanted, { scope }), JSON.stringify(scope)).toBe(false)
})

test('where both are named, both must be there', async () => {
  const wanted = { AUDIENCE: 'mail', SCOPE: 'imap' }
  expect(await opens(wanted, { aud: 'mail', scope: 'imap' })).toBe(true)
  expect(await opens(wanted, { aud: 'mail' })).toBe(false)
  expect(await opens(wanted, { scope: 'imap' })).toBe(false)
})

test('an address that its giver does not vouch for names nobody', async () => {
  const wanted = { AUDIENCE: 'mail', USER_CLAIM: 'email' }
  const aud = 'mail'
  expect(await opens(wanted, { aud })).toBe(true)
  expect(await opens(wanted, { aud, email_verified: true })).toBe(true)
  for (const verified of [false, 'false', null, 0])
    expect(await opens(wanted, { aud, email_verified: verified }), String(verified)).toBe(false)
  expect(await opens({ AUDIENCE: 'mail' }, { aud, email_verified: false })).toBe(true)
})
