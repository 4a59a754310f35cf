// How long a message is tried, when its sender is told, and when nobody is: five days on a clock of our own.
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Clock } from '../../src/core/clock'
import type { Resolver } from '../../src/delivery/mx'
import { greeted } from '../support/dialog'
import { password, startServer, type TestServer } from '../support/server'

const hour = 3_600_000

const createTime = () => {
  let now = Date.UTC(2026, 0, 1)
  const waiting = new Set<{ due: number; job: () => void }>()
  const clock: Clock = {
    now: () => now,
    after: (ms, job) => {
      const each = { due: now + ms, job }
      waiting.add(each)
      return () => void waiting.delete(each)
    },
  }
  const advance = (ms: number) => {
    now += ms
    for (const each of [...waiting]) {
      if (each.due > now || !waiting.delete(each)) continue
      each.job()
    }
  }
  return { clock, advance }
}

const silent: Resolver = {
  mx: async () => Promise.reject(Object.assign(new Error('timeout'), { code: 'ETIMEOUT' })),
  addresses: async () => [],
  texts: async () => [],
}

const submit = async (server: TestServer, from: string, options: { mail?: string; rcpt: string }) => {
  const talk = await greeted(server.doors.submission as number)
  await talk.say(`AUTH PLAIN ${Buffer.from(`\0alice@posthorn.test\0${password}`).toString('base64')}`)
  expect(await talk.say(`MAIL FROM:<${from}>${options.mail ?? ''}`)).toMatch(/^250/)
  expect(await talk.say(`RCPT TO:${options.rcpt}`)).toMatch(/^250/)
  await talk.say('DATA')
  talk.send(`From: alice@posthorn.test\r\nSubject: patience\r\n\r\nthe body\r\n.\r\n`)
  const said = await talk.reply()
  expect(said).toMatch(/^250/)
  talk.socket().end()
  await talk.closed
  await server.idle()
  return said.split(' ').at(-1) as string
}

test('five minutes, doubled up to four hours, for five days; told after four hours and at the end', async () => {
  const { clock, advance } = createTime()
  const server = await startServer({ parts: { clock, resolver: silent } })
  const alice = 'alice@posthorn.test'
  const told = await submit(server, alice, {
    mail: ' RET=HDRS ENVID=trip-7',
    rcpt: '<x@far.test> ORCPT=rfc822;first+40far.test',
  })
  const onlyAtTheEnd = await submit(server, alice, { mail: ' RET=FULL', rcpt: '<y@far.test> NOTIFY=FAILURE' })
  const nobody = await submit(server, '', { rcpt: '<z@far.test>' })
  for (let passed = 0; passed < 125 * hour; passed += 30_000) {
    advance(30_000)
    await server.idle()
    await turn()
  }
  const ages = server.log
    .filter(({ event, queue }) => event === 'deferred' && queue === told)
    .map(({ seconds }) => Number(seconds))
  const gaps = ages.slice(1).map((age, at) => (age - (ages[at] ?? 0)) / 60)
  for (const [at, wanted] of [5, 10, 20, 40, 80, 160, 240, 240].entries()) {
    expect(gaps[at]).toBeGreaterThanOrEqual(wanted * 0.9)
    expect(gaps[at]).toBeLessThanOrEqual(wanted * 1.1 + 1)
  }
  expect(ages.at(-1)).toBeGreaterThanOrEqual(120 * 3600)
  const about = (queue: string) =>
    server.mails('alice').filter((text) => text.includes(`X-Posthorn-Queue-Id: ${queue}\r\n`))
  const [delayed = '', failed = '', ...more] = about(told).sort((a) =>
    a.includes('Action: delayed') ? -1 : 1,
  )
  expect(more).toEqual([])
  expect(delayed).toMatch(/^Return-Path: <>\r\n/)
  expect(delayed).toMatch(/Action: delayed\r\nStatus: 4\.4\.3/)
  for (const report of [delayed, failed]) {
    expect(report).toContain('Original-Envelope-Id: trip-7\r\n')
    expect(report).toContain('Original-Recipient: rfc822;first@far.test\r\n')
    expect(report).not.toContain('the body')
  }
  expect(failed).toMatch(/Action: failed\r\nStatus: 5\.4\.7/)
  const atTheEnd = about(onlyAtTheEnd)
  expect(atTheEnd).toHaveLength(1)
  expect(atTheEnd[0]).toMatch(/Action: failed[\s\S]*the body/)
  expect(about(nobody)).toEqual([])
  await server.stop()
})

test('soft_bounce keeps what would have come back', async () => {
  const nowhere = { ...silent, mx: async () => [{ exchange: '', priority: 0 }] }
  const server = await startServer({ env: { POSTHORN_SOFT_BOUNCE: 'true' }, parts: { resolver: nowhere } })
  const queue = await submit(server, 'alice@posthorn.test', { rcpt: '<x@nomail.test>' })
  expect(server.log.find((line) => line.event === 'failed' && line.queue === queue)?.reply).toMatch(
    /5\.1\.10/,
  )
  expect(server.mails('alice')).toEqual([])
  await server.stop()
})
