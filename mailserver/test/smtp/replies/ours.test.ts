// What our doors answer, exchange by exchange, and at the end: that every reply that stands in the source was heard.
import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { realClock } from '../../../src/core/clock'
import { createDoorServer } from '../../../src/smtp/library'
import { dialog, type Dialog } from '../../support/dialog'
import { password, startServer, type TestServer } from '../../support/server'
import { converse, type Exchange, type Heard, type Place } from './exchange'
import { given, says } from './given'
import { lmtps } from './lmtp'
import { gate, houses, type House, type RareExchange } from './rare'
import { submissions } from './submission'
import { transfers } from './transfer'

const heard: Heard[] = []

const hold = (exchanges: readonly Exchange[], placeOf: () => Omit<Place, 'password'>) =>
  test.each(exchanges.map((each) => [each.name, each.rfc, each] as const))(
    '%s (RFC %s)',
    async (_, __, each) => {
      heard.push(...(await converse({ ...placeOf(), password }, each, each.lines)))
    },
  )

describe('ours', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer({
      env: { POSTHORN_MESSAGE_SIZE_LIMIT: '100000', POSTHORN_RECIPIENT_LIMIT: '5' },
    })
  })
  afterAll(() => server.stop())
  const door = (name: 'smtp' | 'submission' | 'smtps' | 'lmtp') => server.doors[name] as number

  describe('transfer', () => hold(transfers, () => ({ door: door('smtp') })))
  describe('submission', () => hold(submissions, () => ({ door: door('submission') })))
  describe('submission over TLS', () =>
    hold(
      submissions.filter(({ start }) => start !== 'EHLO'),
      () => ({ door: door('smtps'), tls: 'from the start' }),
    ))
  describe('LMTP', () => hold(lmtps, () => ({ door: door('lmtp'), hello: 'LHLO' })))
})

/** Comes until it is served: of those who left, the server learns in its own time. */
const served = async (door: number, client: string | undefined): Promise<Dialog> => {
  for (;;) {
    const talk = await dialog(door, client ? { client } : {})
    if ((await talk.reply()).startsWith('220')) return talk
    talk.end()
  }
}

const besideFrom = async (server: TestServer, how: 'smtp' | 'submission' | 'by XCLIENT', client?: string) => {
  if (how !== 'by XCLIENT') return served(server.doors[how] as number, client)
  const talk = await served(server.doors.smtp as number, gate)
  expect(await talk.say(`XCLIENT ADDR=${client}`)).toMatch(/^220/)
  return talk
}

const companyOf = async (server: TestServer, each: RareExchange): Promise<Dialog[]> => {
  const { client, theirs = client, beside = [] } = each
  const company: Dialog[] = []
  for (const how of beside) {
    if (how !== 'too soon') {
      company.push(await besideFrom(server, how, theirs))
      continue
    }
    const hasty = await dialog(server.doors.smtp as number, theirs ? { client: theirs } : {})
    expect(await hasty.say('EHLO early.example')).toMatch(/^421/)
    await hasty.closed
  }
  return company
}

const holdRare = ({ env, prepare, damage, exchanges }: House) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer({ env, ...(prepare ? { prepare } : {}) })
    damage?.(server.home)
  })
  afterAll(() => server.stop())
  test.each(exchanges.map((each) => [each.name, each.rfc, each] as const))(
    '%s (RFC %s)',
    async (_, __, each) => {
      const door = server.doors[each.door ?? 'smtp'] as number
      const company = await companyOf(server, each)
      if (each.start !== 'connected') (await served(door, each.client)).end()
      const place = { door, password, ...(each.client ? { client: each.client } : {}) }
      heard.push(...(await converse(place, each, each.lines)))
      for (const talk of company) talk.end()
    },
  )
}

for (const house of houses) describe(`ours ${house.name}`, () => holdRare(house))

test('a fault of our own is a reply, not the end of the server (RFC 5321 section 4.2.1)', async () => {
  const server = createDoorServer(
    {
      authOptional: true,
      hideENHANCEDSTATUSCODES: false,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onMailFrom: () => {
        throw new Error('a fault')
      },
    },
    () => true,
    realClock,
  )
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port: door } = server.server.address() as AddressInfo
  const lines: Exchange['lines'] = [
    ['MAIL FROM:<x@client.example>', /^451 4\.3\.0/],
    ['NOOP', /^250/],
  ]
  heard.push(...(await converse({ door, password }, {}, lines)))
  await new Promise<void>((done) => server.close(done))
})

/** Not heard here: by the words of the source, the test that hears them, or why nobody does. */
const joke = { never: 'WIZ, SHELL and KILL are off' }
const oursInstead = { never: 'our own words stand in its place' }
const elsewhere: Record<string, { test: string } | { never: string }> = {
  'You are no wizard!': joke,
  'Please pass, oh mighty wizard': joke,
  'Mere mortals must not mutter that mantra': joke,
  'Error: Invoking shell is not allowed. This incident will be reported.': joke,
  'Can not kill Mom': joke,
  'OK: message accepted': oursInstead,
  'OK: message queued': oursInstead,
  '… Too many connected clients, try again in a moment': oursInstead,
  '…Error: Authentication credentials invalid': oursInstead,
  'Authentication not implemented': oursInstead,
  'Error: syntax: AUTH CRAM-MD5': { never: 'not offered' },
  '5.7.1 refused by the DMARC policy of …': { test: '../strangers.test.ts' },
  '5.7.1 refused as spam': { test: '../strangers.test.ts' },
  '4.7.1 try again later': { test: '../strangers.test.ts' },
  '4.7.0 too many failed sign-ins, try again later': { test: '../abuse.test.ts' },
  '4.4.2 timeout exceeded: that was too slow': { test: '../abuse.test.ts' },
  '4.4.2 timeout exceeded: nothing came any more': { test: '../abuse.test.ts' },
  '4.3.2 server shutting down': { test: '../goodbye.test.ts' },
  'Server shutting down': { test: '../goodbye.test.ts' },
  '4.7.0 Temporary authentication failure': { test: '../tokens.test.ts' },
  'Error: Username and Password not accepted': { test: '../tokens.test.ts' },
  'Error: syntax: AUTH XOAUTH2 token': { test: '../tokens.test.ts' },
  'Timeout - closing connection': oursInstead,
  'Error: too many recipients': { never: 'library.ts counts first, and every RCPT' },
  '5.7.0 Authentication required': { never: 'the library asks first; src/smtp/relay.test.ts holds the rule' },
}

test('every reply that stands in the source was heard', () => {
  const replies = heard.map(([, reply]) => reply)
  const unheard = given().filter(({ words }) => !replies.some((reply) => says(words, reply)))
  const unaccounted = unheard.filter(({ words }) => !elsewhere[words])
  expect(unaccounted).toEqual([])
  // And nothing is excused that needs no excuse, or by a test that does not name it.
  expect(unheard.map(({ words }) => words).sort()).toEqual(Object.keys(elsewhere).sort())
  for (const [words, by] of Object.entries(elsewhere))
    if ('test' in by)
      expect(readFileSync(new URL(by.test, import.meta.url), 'utf8').replaceAll('\\', '')).toContain(
        words.replace(/…$/, ''),
      )
})

test('every reply carries its status, of its own class, but those to HELO (RFC 2034 section 4)', () => {
  const bare = heard.filter(([say, reply]) => {
    if (/^(HELO|EHLO|LHLO|XCLIENT)\b/i.test(say) && /^(2|501|500)/.test(reply)) return false
    if (reply.startsWith('3')) return false
    return reply.split('\n').some((line) => !/^([245])\d\d[ -]\1\.\d{1,3}\.\d{1,3} \S/.test(line))
  })
  expect(bare).toEqual([])
})
