// Access tokens over submission and IMAP; who gives them is a server of the test's own that answers as RFC 7662 has it.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readBearer, readXoauth2 } from '../../src/sasl/bearer'
import { Wire } from '../conformance/wire'
import { greeted } from '../support/dialog'
import { startServer, type TestServer } from '../support/server'

interface Token {
  active: boolean
  email?: string
  aud?: string
  exp?: number
}

const tokens: Record<string, Token> = {}
let asked: { token: string; authorization: string | undefined }[] = []
let mood: 'answers' | 'breaks' | 'talks without end' = 'answers'
let giver: Server
let server: TestServer
let plain: TestServer

beforeAll(async () => {
  giver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const token = new URLSearchParams(body).get('token') ?? ''
      asked.push({ token, authorization: request.headers.authorization })
      if (mood === 'breaks') return response.writeHead(500).end()
      if (mood === 'talks without end') return response.end(`{"active":true,"x":"${'x'.repeat(100_000)}"}`)
      response.end(JSON.stringify(tokens[token] ?? { active: false }))
    })
  })
  await new Promise<void>((done) => giver.listen(0, '127.0.0.1', done))
  const env = {
    POSTHORN_OAUTH_INTROSPECTION: `http://127.0.0.1:${(giver.address() as AddressInfo).port}/introspect`,
    POSTHORN_OAUTH_CLIENT_ID: 'mail server',
    POSTHORN_OAUTH_CLIENT_SECRET: 'a:b',
    POSTHORN_OAUTH_USER_CLAIM: 'email',
    POSTHORN_OAUTH_AUDIENCE: 'mail',
  }
  server = await startServer({ env })
  plain = await startServer()
  tokens.ofAlice = { active: true, aud: 'mail', email: 'Alice@posthorn.test', exp: Date.now() / 1000 + 600 }
  tokens.ofBob = { active: true, aud: 'mail', email: 'bob@posthorn.test' }
  tokens.ofTheCalendar = { active: true, aud: 'calendar', email: 'bob@posthorn.test' }
  tokens.old = { active: true, aud: 'mail', email: 'alice@posthorn.test', exp: Date.now() / 1000 - 1 }
})
beforeEach(() => {
  asked = []
  mood = 'answers'
})
afterAll(async () => {
  expect(JSON.stringify(server.log)).not.toMatch(/ofAlice|ofBob|a:b/)
  await server.stop()
  await plain.stop()
  giver.close()
})

const base64 = (text: string) => Buffer.from(text).toString('base64')
const xoauth2 = (user: string, token: string) => base64(`user=${user}\x01auth=Bearer ${token}\x01\x01`)
const bearer = (user: string, token: string) =>
  base64(`n,a=${user},\x01host=mail.posthorn.test\x01port=143\x01auth=Bearer ${token}\x01\x01`)

const submit = async (user: string, token: string): Promise<string> => {
  const talk = await greeted(server.doors.submission as number)
  const said = await talk.say(`AUTH XOAUTH2 ${xoauth2(user, token)}`)
  // What is wrong is told first; an empty line fetches the refusal.
  const last = said.startsWith('334') ? await talk.say('') : said
  talk.end()
  return last
}

const openImap = async (of: TestServer) => {
  const wire = await Wire.open({ host: '127.0.0.1', port: of.doors.imap as number })
  const greeting = (await wire.line()) ?? ''
  return { wire, greeting }
}

test('offered where a giver is named, and only there', async () => {
  const [here, there] = await Promise.all(
    [server, plain].map(async ({ doors }) => {
      const talk = await greeted(doors.submission as number)
      talk.send('EHLO client.example\r\n')
      const said = await talk.reply()
      talk.end()
      return said
    }),
  )
  expect(here).toMatch(/AUTH .*XOAUTH2/)
  expect(there).not.toMatch(/XOAUTH2/)
  const [withIt, without] = [await openImap(server), await openImap(plain)]
  expect(withIt.greeting).toMatch(/AUTH=OAUTHBEARER AUTH=XOAUTH2/)
  expect(without.greeting).not.toMatch(/OAUTH/)
  expect((await without.wire.command('AUTHENTICATE XOAUTH2')).reply).toMatch(/^NO/)
  withIt.wire.close()
  without.wire.close()
})

test('submission: the holder of a token signs in, nobody else does, and one question serves a minute', async () => {
  expect(await submit('alice@posthorn.test', 'ofAlice')).toMatch(/^235/)
  expect(await submit('alice@posthorn.test', 'ofAlice')).toMatch(/^235/)
  expect(asked).toHaveLength(1)
  // RFC 6749 section 2.3.1
  expect(asked[0]?.authorization).toBe(`Basic ${base64('mail%20server:a%3Ab')}`)
  expect(await submit('alice@posthorn.test', 'ofBob')).toBe(
    '535 5.7.8 Error: Username and Password not accepted',
  )
  expect(await submit('nobody@posthorn.test', 'ofBob')).toMatch(/^535/)
  expect(await submit('bob@posthorn.test', 'ofBob')).toMatch(/^235/)
})

test('a token that has ended, was never given or is no token opens nothing', async () => {
  for (const token of ['old', 'unknown', 'ofTheCalendar', 'white space', '\u0001'])
    expect(await submit('bob@posthorn.test', token)).toMatch(/^5(35|01)/)
  expect(asked.map(({ token }) => token)).toEqual(['old', 'unknown', 'ofTheCalendar'])
  expect(await submit('bob@posthorn.test', 'ofBob')).toMatch(/^235/)
})

test('submission: an exchange that is none, and one that is taken back (RFC 4954 section 4)', async () => {
  const talk = await greeted(server.doors.submission as number)
  expect(await talk.say('AUTH XOAUTH2 a b')).toBe('501 5.5.4 Error: syntax: AUTH XOAUTH2 token')
  expect(await talk.say('AUTH XOAUTH2')).toMatch(/^334/)
  expect(await talk.say('*')).toBe('501 5.7.0 Authentication aborted')
  expect(await talk.say(`AUTH XOAUTH2 ${base64('user=bob')}`)).toBe('501 5.5.2 Error: invalid userdata')
  talk.end()
  expect(asked).toEqual([])
})

test('a giver that is down or floods is no refusal: try again later', async () => {
  mood = 'breaks'
  expect(await submit('bob@posthorn.test', 'first')).toBe('454 4.7.0 Temporary authentication failure')
  mood = 'talks without end'
  expect(await submit('bob@posthorn.test', 'second')).toMatch(/^454 4\.7\.0/)
  const { wire } = await openImap(server)
  expect((await wire.command(`AUTHENTICATE XOAUTH2 ${xoauth2('bob', 'third')}`)).reply).toMatch(
    /^NO \[UNAVAILABLE\]/,
  )
  wire.close()
})

test('IMAP: OAUTHBEARER (RFC 7628) and XOAUTH2, at once and after a challenge', async () => {
  for (const wish of [
    `OAUTHBEARER ${bearer('bob@posthorn.test', 'ofBob')}`,
    `XOAUTH2 ${xoauth2('bob@posthorn.test', 'ofBob')}`,
  ]) {
    const { wire } = await openImap(server)
    expect((await wire.command(`AUTHENTICATE ${wish}`)).reply).toMatch(/^OK/)
    wire.close()
  }
})

test('IMAP: what is wrong is a challenge, and the answer to it is refused (RFC 7628 section 3.2.3)', async () => {
  const { wire } = await openImap(server)
  const tag = wire.begin(`AUTHENTICATE OAUTHBEARER ${bearer('alice@posthorn.test', 'ofBob')}`)
  const challenge = (await wire.line()) ?? ''
  expect(JSON.parse(Buffer.from(challenge.slice(2), 'base64').toString())).toMatchObject({
    status: 'invalid_token',
  })
  wire.send('AQ==\r\n')
  expect((await wire.untilReply(tag)).reply).toMatch(/^NO \[AUTHENTICATIONFAILED\]/)
  wire.close()
})

test('what is sent is read by its rule', () => {
  expect(readXoauth2('user=a@b\x01auth=Bearer t0\x01\x01')).toEqual({ login: 'a@b', token: 't0' })
  expect(readXoauth2('auth=Bearer t0\x01\x01')).toBeNull()
  expect(readBearer('n,a=a=2Cb=3D@c,\x01auth=bearer t0\x01\x01')).toEqual({ login: 'a,b=@c', token: 't0' })
  expect(readBearer('n,,\x01auth=Bearer t0\x01\x01')).toBeNull()
  expect(readBearer('y,a=x,\x01auth=Basic t0\x01\x01')).toBeNull()
})
