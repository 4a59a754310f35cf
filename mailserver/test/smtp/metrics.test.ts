// The metrics of a running server, at the control socket and at a port of their own.
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { greeted } from '../support/dialog'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
beforeAll(async () => {
  const resolver = {
    mx: async () => Promise.reject(Object.assign(new Error('timeout'), { code: 'ETIMEOUT' })),
    addresses: async () => [],
    texts: async () => [],
  }
  const env = { POSTHORN_MAIL_METRICS_PORT: '0', POSTHORN_LOG_LEVEL: 'error' }
  server = await startServer({ env, parts: { resolver } })
})
afterAll(() => server.stop())

const atPort = async (path = '/metrics', method = 'GET') => {
  const answer = await fetch(`http://127.0.0.1:${server.doors.metrics}${path}`, { method })
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
}
const atSocket = (): Promise<string> =>
  new Promise((done, failed) => {
    const asked = request(
      { socketPath: join(server.home, 'mail', 'control.sock'), path: '/metrics' },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (piece: string) => (text += piece))
        answer.on('end', () => done(text))
      },
    )
    asked.once('error', failed).end()
  })

const send = async (to: string, words: string) => {
  const talk = await greeted(server.doors.lmtp as number)
  await talk.say('LHLO client.example')
  await talk.say('MAIL FROM:<stranger@elsewhere.example>')
  const said = await talk.say(`RCPT TO:<${to}>`)
  if (said.startsWith('250')) {
    await talk.say('DATA')
    talk.send(`Subject: metrics\r\n\r\n${words}\r\n.\r\n`)
    await talk.reply()
  }
  talk.end()
}

test('what was taken, delivered and refused is counted, and nobody is named', async () => {
  await send('alice@posthorn.test', 'x'.repeat(20_000).replace(/.{70}/g, '$&\r\n'))
  await send('bob@posthorn.test', 'short')
  await send('nobody@posthorn.test', 'never')
  await server.idle()
  const guess = await greeted(server.doors.submission as number)
  await guess.say('EHLO client.example')
  await guess.say(`AUTH PLAIN ${Buffer.from('\0alice@posthorn.test\0wrong').toString('base64')}`)
  const { status, type, text } = await atPort()
  guess.end()
  expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  for (const line of [
    'posthorn_mail_queued_total{door="lmtp"} 2',
    'posthorn_mail_recipients_total{outcome="delivered"} 2',
    'posthorn_mail_refused_total{code="550"} 1',
    'posthorn_mail_sign_in_failures_total{outcome="refused"} 1',
    'posthorn_mail_connections_total{door="lmtp"} 3',
    'posthorn_mail_connections{door="submission"} 1',
    'posthorn_mail_connections{door="imap"} 0',
    'posthorn_mail_message_bytes_count 2',
    'posthorn_mail_message_bytes_bucket{le="10000"} 1',
    'posthorn_mail_message_bytes_bucket{le="100000"} 2',
    'posthorn_mail_delivery_seconds_count 2',
    'posthorn_mail_queue_messages{state="waiting"} 0',
    'posthorn_mail_queue_oldest_seconds 0',
  ])
    expect(text.split('\n')).toContain(line)
  expect(text).not.toMatch(/@|alice|bob|elsewhere|client\.example|127\.0\.0/)
})

test('the queue is told of while it waits', async () => {
  const talk = await greeted(server.doors.submission as number)
  await talk.say('EHLO client.example')
  await talk.say(`AUTH PLAIN ${Buffer.from('\0alice@posthorn.test\0correct horse').toString('base64')}`)
  await talk.say('MAIL FROM:<alice@posthorn.test>')
  for (const name of ['one', 'two']) await talk.say(`RCPT TO:<${name}@elsewhere.example>`)
  await talk.say('DATA')
  talk.send('Subject: waits\r\n\r\nhello\r\n.\r\n')
  await talk.reply()
  talk.end()
  await expect.poll(async () => (await atPort()).text).toContain('_recipients_total{outcome="deferred"} 2')
  const { text } = await atPort()
  expect(text).toContain('posthorn_mail_queue_messages{state="waiting"} 1')
  expect(text).toContain('posthorn_mail_queue_recipients 2')
})

test('the control socket tells the same; nothing else is at the port, and it is off by default', async () => {
  expect(await atSocket()).toContain('posthorn_mail_queued_total{door="lmtp"}')
  expect((await atPort('/')).status).toBe(404)
  expect((await atPort('/metrics', 'POST')).status).toBe(404)
  const usual = await startServer({ users: [] })
  expect(usual.doors).not.toHaveProperty('metrics')
  await usual.stop()
})
