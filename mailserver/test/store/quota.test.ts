// Quota at the doors: what IMAP tells, and what becomes of mail that does not fit (RFC 9208, RFC 3463 section 3.3).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Wire } from '../conformance/wire'
import { dialog } from '../support/dialog'
import { runVerb } from '../support/process'
import { password, startServer, testEnvironment, type TestServer } from '../support/server'

const address = 'alice@posthorn.test'
let server: TestServer
beforeAll(async () => {
  server = await startServer()
  await runVerb(testEnvironment(server.home), ['user', 'quota', address, '20K'])
})
afterAll(() => server.stop())

const sendTo = async (size: number, token: string) => {
  const talk = await dialog(server.doors.smtp as number)
  await talk.reply()
  await talk.say('EHLO client.example')
  await talk.say('MAIL FROM:<sender@client.example>')
  await talk.say(`RCPT TO:<${address}>`)
  await talk.say('DATA')
  expect(
    await talk.say(
      `Subject: ${token}\r\n\r\n${'x'
        .repeat(70)
        .concat('\r\n')
        .repeat(size / 72)}.`,
    ),
  ).toMatch(/^250/)
  talk.end()
}

const told = async (event: string, reply: RegExp) => {
  const found = () => server.log.find((line) => line.event === event && reply.test(String(line.reply)))
  while (!found()) await new Promise((again) => setTimeout(again, 20))
  return found()
}

test(
  'what never fits is 552 5.2.2 at once, what has no room now is 452 4.2.2 and waits',
  { timeout: 60_000 },
  async () => {
    await sendTo(40_000, 'too large')
    expect(await told('failed', /^552 5\.2\.2/)).toBeDefined()
    await sendTo(14_000, 'fits')
    while (server.mails('alice').length === 0) await new Promise((again) => setTimeout(again, 20))
    await sendTo(14_000, 'no room')
    expect(await told('deferred', /^452 4\.2\.2/)).toBeDefined()
    expect(server.mails('alice')).toHaveLength(1)

    const wire = await Wire.open({ host: '127.0.0.1', port: server.doors.imap as number })
    await wire.line()
    await wire.command(`LOGIN ${address} "${password}"`)
    const { told: quota } = await wire.command('GETQUOTAROOT INBOX')
    expect(quota[1]).toMatch(/^\* QUOTA "" \(STORAGE 1[45] 20\)$/)
    const { reply } = await wire.command('APPEND INBOX {14000}')
    expect(reply).toContain('[OVERQUOTA]')
    wire.close()
  },
)
