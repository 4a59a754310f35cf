// More programs that people and machines send with: s-nail, msmtp, mutt, and Postfix's own load generator.
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programFile } from '../support/process'
import { password, startServer, testEnvironment, type TestServer } from '../support/server'

let server: TestServer
let home: string
beforeAll(async () => {
  server = await startServer()
  home = mkdtempSync(join(tmpdir(), 'posthorn-senders-'))
})
afterAll(async () => {
  await server.stop()
  rmSync(home, { recursive: true, force: true })
})

/** Runs with a home of its own, so that nobody's settings take part. */
const run = async (program: string, args: string[], input: string) => {
  const child = spawn(program, args, { env: { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8' } })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  // One that is refused may end before it has read it (EPIPE).
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number]
  expect(said.slice(0, 2000) + code).toMatch(/0$/)
}

const arrived = async (subject: string) => {
  for (;;) {
    const mail = server.mails('bob').find((text) => text.includes(`Subject: ${subject}`))
    if (mail) return mail
    await new Promise((done) => setTimeout(done, 20))
  }
}

const either = (program: string) => (existsSync(program) ? test : test.skip)
const nameOf = (program: string, what: string) =>
  existsSync(program) ? what : `did not run: ${program} is not installed`

either('/usr/bin/s-nail')(nameOf('/usr/bin/s-nail', 's-nail submits with STARTTLS and SASL'), async () => {
  const door = `submission://alice%40posthorn.test:${encodeURIComponent(password)}@127.0.0.1:${server.doors.submission}`
  const options = [
    'v15-compat',
    'tls-verify=ignore',
    'smtp-use-starttls',
    'smtp-auth=login',
    'from=alice@posthorn.test',
    `mta=${door}`,
  ]
  const args = ['-:/', ...options.flatMap((option) => ['-S', option]), '-s', 'by s-nail', 'bob@posthorn.test']
  await run('/usr/bin/s-nail', args, 'Grüße\n')
  expect(await arrived('by s-nail')).toContain('with ESMTPSA id')
})

either('/usr/bin/s-nail')(
  nameOf('/usr/bin/s-nail', 's-nail hands in through our sendmail, as cron does'),
  async () => {
    const sendmail = join(home, 'sendmail')
    const env = Object.entries(testEnvironment(server.home)).map(([name, value]) => `${name}='${value}'`)
    const program = await programFile()
    writeFileSync(
      sendmail,
      `#!/bin/sh\nexec env ${env.join(' ')} ${process.execPath} ${program} sendmail "$@"\n`,
    )
    chmodSync(sendmail, 0o755)
    const options = [`mta=${sendmail}`, 'from=alice@posthorn.test']
    const args = ['-:/', ...options.flatMap((option) => ['-S', option]), '-s', 'by cron', 'bob@posthorn.test']
    await run('/usr/bin/s-nail', args, 'hello\n')
    expect(await arrived('by cron')).toMatch(/^Received: by mail\.posthorn\.test \(Posthorn, from user/m)
  },
)

either('/usr/bin/msmtp')(
  nameOf('/usr/bin/msmtp', 'msmtp submits, recipients read from the head, Bcc kept secret'),
  async () => {
    const file = join(home, 'msmtprc')
    const lines = [
      'account default',
      'host 127.0.0.1',
      `port ${server.doors.submission}`,
      'tls on',
      'tls_certcheck off',
    ]
    lines.push('auth plain', 'user alice@posthorn.test', `password "${password}"`, 'from alice@posthorn.test')
    writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
    const letter =
      'From: alice@posthorn.test\nTo: alice@posthorn.test\nBcc: bob@posthorn.test\nSubject: by msmtp\n\nhello\n'
    await run('/usr/bin/msmtp', ['-C', file, '-t'], letter)
    expect(await arrived('by msmtp')).not.toMatch(/^Bcc:/m)
  },
)

either('/usr/bin/mutt')(
  nameOf('/usr/bin/mutt', 'mutt submits with TLS from the start, with an attachment'),
  async () => {
    const file = join(home, 'muttrc')
    const url = `smtps://alice%40posthorn.test@127.0.0.1:${server.doors.smtps}/`
    const settings = [
      `smtp_url="${url}"`,
      `smtp_pass="${password}"`,
      'from="alice@posthorn.test"',
      'ssl_verify_host=no',
    ]
    settings.push(
      'ssl_verify_dates=no',
      `certificate_file="${join(server.home, 'mail', 'tls', 'cert.pem')}"`,
      'ssl_starttls=no',
      'copy=no',
    )
    writeFileSync(file, settings.map((setting) => `set ${setting}\n`).join(''))
    await run(
      '/usr/bin/mutt',
      ['-n', '-F', file, '-s', 'by mutt', '-a', file, '--', 'bob@posthorn.test'],
      'hello\n',
    )
    expect(await arrived('by mutt')).toContain('multipart/mixed')
  },
)

either('/usr/sbin/smtp-source')(
  nameOf('/usr/sbin/smtp-source', 'smtp-source: 200 messages over ten sessions, each once'),
  async () => {
    const to = ['-f', 'x@client.example', '-t', 'bob@posthorn.test', '-S', 'by smtp-source']
    await run(
      '/usr/sbin/smtp-source',
      ['-s', '10', '-m', '200', '-l', '2000', ...to, `127.0.0.1:${server.doors.smtp}`],
      '',
    )
    await server.idle()
    expect(server.mails('bob').filter((text) => text.includes('by smtp-source'))).toHaveLength(200)
  },
)
