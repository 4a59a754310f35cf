// Clients that were here before us: swaks, curl and Python's smtplib against the running doors.
import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password, startServer, type TestServer } from '../support/server'

const run = promisify(execFile)
const has = async (program: string) =>
  run('which', [program]).then(
    () => true,
    () => false,
  )
const present = { swaks: await has('swaks'), curl: await has('curl'), python3: await has('python3') }

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const arrived = async (subject: string) => {
  await server.idle()
  return server.mails('bob').find((text) => text.includes(`Subject: ${subject}`))
}

test.skipIf(!present.swaks)('swaks transfers (skipped where swaks is not installed)', async () => {
  const { stdout } = await run('swaks', [
    '--server',
    `127.0.0.1:${server.doors.smtp}`,
    '--from',
    'x@client.example',
    '--to',
    'bob@posthorn.test',
    '--header',
    'Subject: by swaks',
  ])
  expect(stdout).toContain('250 2.0.0 Ok: queued as')
  expect(await arrived('by swaks')).toBeDefined()
})

test.skipIf(!present.curl)(
  'curl submits under STARTTLS and under TLS (skipped where curl is not installed)',
  async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'posthorn-curl-')), 'mail')
    const doors = [`smtp://127.0.0.1:${server.doors.submission}`, `smtps://127.0.0.1:${server.doors.smtps}`]
    for (const [index, url] of doors.entries()) {
      writeFileSync(file, `From: alice@posthorn.test\r\nSubject: by curl ${index}\r\n\r\nhello\r\n`)
      await run('curl', [
        '-sS',
        '--ssl-reqd',
        '-k',
        '--url',
        url,
        '--user',
        `alice@posthorn.test:${password}`,
        '--mail-from',
        'alice@posthorn.test',
        '--mail-rcpt',
        'bob@posthorn.test',
        '--upload-file',
        file,
      ])
      expect(await arrived(`by curl ${index}`)).toContain('with ESMTPSA id')
    }
  },
)

const script = `
import smtplib, ssl, sys
from email.message import EmailMessage
port, password = int(sys.argv[1]), sys.argv[2]
message = EmailMessage()
message['From'] = 'alice@posthorn.test'
message['To'] = 'bob@posthorn.test'
message['Subject'] = 'by smtplib'
message.set_content('Zażółć gęślą jaźń\\n')
server = smtplib.SMTP('127.0.0.1', port)
server.starttls(context=ssl._create_unverified_context())
try:
    server.login('alice@posthorn.test', 'wrong')
except smtplib.SMTPAuthenticationError as error:
    print(error.smtp_code)
server.login('alice@posthorn.test', password)
print(server.send_message(message))
try:
    server.sendmail('bob@posthorn.test', ['bob@posthorn.test'], 'x')
except smtplib.SMTPSenderRefused as error:
    print(error.smtp_code)
server.quit()
`

test.skipIf(!present.python3)(
  'Python smtplib signs in, sends, and is told no (skipped where python3 is not installed)',
  async () => {
    const { stdout } = await run('python3', ['-c', script, String(server.doors.submission), password])
    expect(stdout.trim().split('\n')).toEqual(['535', '{}', '553'])
    expect(await arrived('by smtplib')).toBeDefined()
  },
)
