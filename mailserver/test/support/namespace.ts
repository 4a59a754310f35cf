// Runs inside a network namespace of its own, where port 25 and the name server's 53 are free: three of ours, one Postfix,
// and a DNS that all of them ask as they ask any. Exchanges mail by every way there is and prints what came of it.
import { join } from 'node:path'
import { controlQueue } from '../../src/queue/control'
import { openQueueDatabase } from '../../src/queue/database'
import { greeted } from './dialog'
import { startNames, type Zone } from './names'
import { startPostfix } from './postfix'
import { password, startServer, type TestServer } from './server'

export interface Facts {
  /** Subject -> the message as it arrived. */
  arrived: Record<string, string>
  /** Recipient -> the report about it. */
  reports: Record<string, string>
  deferred: Record<string, string>
}

const zone: Zone = {
  'a.test': { MX: ['10 mail.a.test'] },
  'b.test': { MX: ['10 dead.b.test', '20 mail.b.test'] },
  'p.test': { MX: ['10 mail.p.test'] },
  'six.test': { MX: ['10 mail.six.test'] },
  'plain.test': { A: ['127.0.0.4'] },
  'nomail.test': { MX: ['0 .'] },
  'later.test': { MX: ['10 dead.b.test'] },
  'loop.test': { MX: ['10 mail.p.test'] },
  'mail.a.test': { A: ['127.0.0.2'] },
  'mail.b.test': { A: ['127.0.0.4'] },
  'dead.b.test': { A: ['127.0.0.9'] },
  'mail.p.test': { A: ['127.0.0.3'] },
  'mail.six.test': { AAAA: ['::1'] },
}

const until = async <T>(fact: () => T | undefined): Promise<T> => {
  for (;;) {
    const found = fact()
    if (found !== undefined) return found
    await new Promise((done) => setTimeout(done, 30))
  }
}

const ours = (host: string, domain: string, env = {}) =>
  startServer({
    env: {
      POSTHORN_MAIL_HOST: host,
      POSTHORN_SMTP_PORT: '25',
      POSTHORN_DOMAIN: domain,
      POSTHORN_MAIL_HOSTNAME: `mail.${domain}`,
      ...env,
    },
    users: domain === 'b.test' ? ['bob', 'bob@plain.test', 'bob@later.test'] : ['alice'],
  })

interface Mail {
  from: string
  to: string
  subject: string
}

const hand = async (port: number, host: string, { from, to, subject }: Mail) => {
  const talk = await greeted(port, { host })
  if (port !== 25) await talk.say(`AUTH PLAIN ${Buffer.from(`\0${from}\0${password}`).toString('base64')}`)
  await talk.say(`MAIL FROM:<${from}>`)
  const said = await talk.say(`RCPT TO:<${to}>`)
  if (!said.startsWith('250')) throw new Error(`${to}: ${said}`)
  await talk.say('DATA')
  talk.send(`From: ${from}\r\nSubject: ${subject}\r\n\r\nhello\r\n.\r\n`)
  const taken = await talk.reply()
  if (!taken.startsWith('250')) throw new Error(`${subject}: ${taken}`)
  talk.end()
}

const submit = (server: TestServer, host: string, mail: Mail) =>
  hand(server.doors.submission as number, host, mail)

const main = async () => {
  const names = await startNames(zone, 53)
  const a = await ours('127.0.0.2', 'a.test', { POSTHORN_TRUSTED_NETWORKS: '127.0.0.3' })
  const b = await ours('127.0.0.4', 'b.test', { POSTHORN_MAIL_DOMAINS: 'plain.test,later.test' })
  const six = await ours('::1', 'six.test', { POSTHORN_RELAY_HOST: 'mail.p.test' })
  const postfix = await startPostfix({
    host: '127.0.0.3',
    port: 25,
    domain: 'p.test',
    users: ['bob'],
    more: [
      // Its log daemon does not start here; nobody reads the log.
      'maillog_file =',
      'smtp_dns_support_level = enabled',
      'smtp_host_lookup = dns',
      // Where mail for loop.test goes from there is the loop.
      'transport_maps = inline:{{loop.test = smtp:[127.0.0.2]}}',
      'smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination',
      'mynetworks = 127.0.0.0/8',
      '',
    ].join('\n'),
  })
  const facts: Facts = { arrived: {}, reports: {}, deferred: {} }
  // What it waits for is told, in case it waits for ever.
  const wait = (what: string) => process.stderr.write(`${what}\n`)
  const arrive = async (box: () => string[], subject: string) => {
    wait(subject)
    facts.arrived[subject] = await until(() => box().find((text) => text.includes(`Subject: ${subject}`)))
  }
  const report = async (box: () => string[], about: string) => {
    wait(`report about ${about}`)
    const is = new RegExp(`^Final-Recipient: rfc822; ?${about.replace('.', '\\.')}`, 'm')
    facts.reports[about] = await until(() => box().find((text) => is.test(text)))
  }
  const inA = () => a.mails('alice@a.test')
  const inBob = () => ['bob@b.test', 'bob@plain.test', 'bob@later.test'].flatMap((user) => b.mails(user))
  const inPostfix = () => postfix.mails('bob')

  const alice = 'alice@a.test'
  const bobAtP = 'bob@p.test'
  const ways: [to: string, subject: string, box: () => string[]][] = [
    ['bob@b.test', 'second-mx', inBob],
    ['bob@plain.test', 'no-mx', inBob],
    [bobAtP, 'to-postfix', inPostfix],
    ['alice@six.test', 'over-ipv6', () => six.mails('alice@six.test')],
  ]
  for (const [to, subject, box] of ways) {
    await submit(a, '127.0.0.2', { from: alice, to, subject })
    await arrive(box, subject)
  }
  for (const to of ['x@nomail.test', 'x@nowhere.test', 'nobody@p.test', 'nobody@b.test']) {
    await submit(a, '127.0.0.2', { from: alice, to, subject: `for ${to}` })
    await report(inA, to)
  }
  const back: [string, string, () => string[]][] = [
    [alice, 'from-postfix', inA],
    ['bob@b.test', 'from-postfix-second-mx', inBob],
  ]
  for (const [to, subject, box] of back) {
    await hand(25, '127.0.0.3', { from: bobAtP, to, subject })
    await arrive(box, subject)
  }
  await hand(25, '127.0.0.3', { from: bobAtP, to: 'nobody@a.test', subject: 'refused by ours' })
  await report(inPostfix, 'nobody@a.test')
  await submit(six, '::1', { from: 'alice@six.test', to: alice, subject: 'by-relay-host' })
  await arrive(inA, 'by-relay-host')
  await hand(25, '127.0.0.3', { from: bobAtP, to: 'round@loop.test', subject: 'in circles' })
  await report(inPostfix, 'round@loop.test')
  await submit(a, '127.0.0.2', { from: alice, to: 'bob@later.test', subject: 'later' })
  const waiting = await until(() =>
    a.log.find(({ event, to }) => event === 'deferred' && to === 'bob@later.test'),
  )
  facts.deferred['bob@later.test'] = String(waiting.reply)
  names.zone['later.test'] = { MX: ['10 mail.b.test'] }
  const db = openQueueDatabase(join(a.home, 'mail', 'spool'), 'each commit')
  controlQueue(db).flush()
  db.close()
  await arrive(inBob, 'later')

  process.stdout.write(`${JSON.stringify(facts)}\n`)
  await Promise.all([a.stop(), b.stop(), six.stop(), postfix.stop(), names.stop()])
}

void main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`)
  process.exit(1)
})
