// From an empty folder to a server that the world believes: setup, check, log summary, as an administrator types them.
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openDkim } from '../../src/checks/dkim'
import { readConfig } from '../../src/core/config'
import { createLog } from '../../src/core/log'
import { inspect } from '../../src/site/inspect'
import { askNames } from '../../src/site/names'
import type { DnsRecord } from '../../src/site/records'
import type { Finding } from '../../src/site/inspect/finding'
import { ownAddresses } from '../../src/verbs/check'
import { startNames, type NameServer, type Zone } from '../support/names'
import { runVerb } from '../support/process'
import { startServer, testEnvironment, type TestServer } from '../support/server'

vi.setConfig({ testTimeout: 60_000 })

const folders: string[] = []
const emptyFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-site-'))
  folders.push(folder)
  return folder
}
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

describe('setup', () => {
  const setup = (home: string, args: string[], input = '') =>
    runVerb({ POSTHORN_HOME: home }, ['setup', ...args], input)

  test('an empty folder becomes a server for a domain, with its first user and the records to publish', async () => {
    const home = emptyFolder()
    const made = await setup(
      home,
      ['example.org', '--user', 'anna', '--name', 'Anna', '--address', '192.0.2.7', '--json'],
      'long enough\n',
    )
    expect(made.stderr).toBe('')
    const { file, user, records } = JSON.parse(made.stdout) as {
      file: string
      user: string
      records: DnsRecord[]
    }
    expect(user).toBe('anna@example.org')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const told = (type: string, name: string) =>
      records.filter((each) => each.type === type && each.name === name).map(({ value }) => value)
    expect(told('MX', 'example.org')).toEqual(['10 mail.example.org.'])
    expect(told('A', 'mail.example.org')).toEqual(['192.0.2.7'])
    expect(told('PTR', '192.0.2.7')).toEqual(['mail.example.org.'])
    expect(told('TXT', 'example.org')).toEqual(['"v=spf1 mx -all"'])
    expect(told('TXT', 'posthorn._domainkey.example.org')[0]).toMatch(/^"v=DKIM1; k=rsa; p=[^"]+" "/)
    expect(told('TXT', '_dmarc.example.org')[0]).toContain('p=quarantine')
    const env = { POSTHORN_HOME: home }
    expect((await runVerb(env, ['user', 'list'])).stdout).toBe('anna@example.org\tAnna\n')
    expect((await runVerb(env, ['config'])).stdout).toContain('domain = "example.org"')
  })

  test('a relay and its password are kept where nobody else reads, and never printed', async () => {
    const home = emptyFolder()
    const made = await setup(
      home,
      ['example.org', '--relay', 'smtp.provider.example:587', '--relay-user', 'site'],
      'swordfish\n',
    )
    expect(made.code).toBe(0)
    expect(made.stdout).toContain('v=spf1 mx include:smtp.provider.example ~all')
    expect(made.stdout + made.stderr).not.toContain('swordfish')
    expect(readFileSync(join(home, 'posthorn.toml'), 'utf8')).toContain('relay_password = "swordfish"')
  })

  test('what is there is never written over, and a wrong word changes nothing', async () => {
    const home = emptyFolder()
    expect((await setup(home, ['not a domain'])).stderr).toContain('a domain name')
    expect(
      (await setup(home, ['example.org', '--user', 'x@elsewhere.example'], 'long enough\n')).stderr,
    ).toContain('not an address of example.org')
    expect((await setup(home, ['example.org', '--user', 'x'], 'short\n')).stderr).toContain('at least 8')
    expect((await setup(home, ['example.org', '--certificate', 'nowhere.pem'])).stderr).toContain(
      'does not exist',
    )
    writeFileSync(join(home, 'posthorn.toml'), '# mine\nlog_level = "warn"\n')
    expect((await setup(home, ['example.org'])).code).toBe(0)
    expect(readFileSync(join(home, 'posthorn.toml'), 'utf8')).toMatch(/domain = "example.org"[\s\S]*# mine\n/)
    expect((await setup(home, ['example.com'])).stderr).toContain('names a domain already')
    writeFileSync(join(home, 'demo.json'), '{}')
    expect((await setup(home, ['example.com'])).stderr).toContain('holds the demo')
  })
})

describe('check', () => {
  let server: TestServer
  let names: NameServer
  let good: Zone
  const environment = (env = {}) => {
    const doors = Object.fromEntries(
      Object.entries(server.doors).map(([door, port]) => [
        `POSTHORN_${door.toUpperCase()}_PORT`,
        String(port),
      ]),
    )
    return testEnvironment(server.home, { ...doors, ...env })
  }
  /** As it is typed. */
  const typed = async () => {
    const { stdout, code } = await runVerb(environment(), ['check', '--dns', names.address, '--json'])
    return { code, findings: JSON.parse(stdout) as Finding[] }
  }
  /** What it asks, without a process for each. */
  const look = (env = {}) => {
    const config = readConfig(environment(env))
    const log = createLog('error', () => {})
    const [dkim, addresses] = [openDkim({ config, log }), ownAddresses(config)]
    const [host, now] = [config.mail_host, new Date()]
    return inspect({ config, dkim, addresses, names: askNames(names.address), host, now })
  }
  const wrong = (findings: readonly Finding[]) =>
    findings.filter(({ state }) => state === 'wrong' || state === 'unknown').map(({ says }) => says)

  beforeAll(async () => {
    server = await startServer()
    names = await startNames({})
    // Without records everything of DNS is wrong, and each line says what to publish.
    const findings = await look()
    const key = findings.find(({ says }) => says.includes('_domainkey'))?.mend ?? ''
    good = {
      'posthorn.test': { MX: ['10 mail.posthorn.test'], TXT: ['v=spf1 mx -all', 'another=thing'] },
      'mail.posthorn.test': { A: ['192.0.2.7'], AAAA: ['2001:db8::7'] },
      '7.2.0.192.in-addr.arpa': { PTR: ['mail.posthorn.test'] },
      '7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa': {
        PTR: ['mail.posthorn.test'],
      },
      'posthorn._domainkey.posthorn.test': {
        TXT: [[...key.matchAll(/"([^"]*)"/g)].map(([, text]) => text).join('')],
      },
      '_dmarc.posthorn.test': { TXT: ['v=DMARC1; p=reject'] },
    }
  })
  afterAll(async () => {
    await server.stop()
    await names.stop()
  })

  test('a site that published what setup told has nothing wrong; its own certificate is a warning', async () => {
    names.zone = good
    const answer = await typed()
    expect(wrong(answer.findings)).toEqual([])
    expect(answer.code).toBe(0)
    const warnings = answer.findings.filter(({ state }) => state === 'warning')
    expect(warnings.map(({ area }) => area)).toEqual(['certificate'])
    expect(answer.findings.map(({ says }) => says)).toContain('strangers cannot send through this server')
  })

  const without = (name: string): Zone =>
    Object.fromEntries(Object.entries(good).filter(([each]) => each !== name))
  const broken: [string, () => Zone, string][] = [
    [
      'no MX',
      () => ({ ...good, 'posthorn.test': { TXT: ['v=spf1 mx a:mail.posthorn.test -all'] } }),
      'has no MX',
    ],
    [
      'an MX elsewhere',
      () => ({ ...good, 'posthorn.test': { MX: ['5 mx.elsewhere.example'], TXT: ['v=spf1 +all'] } }),
      'goes to mx.elsewhere.example, not here',
    ],
    [
      'no address',
      () => ({ ...without('mail.posthorn.test'), 'mail.posthorn.test': { TXT: [] } }),
      'has no address',
    ],
    ['no SPF', () => ({ ...good, 'posthorn.test': { MX: ['10 mail.posthorn.test'] } }), 'has no SPF'],
    [
      'two SPF',
      () => ({
        ...good,
        'posthorn.test': { MX: ['10 mail.posthorn.test'], TXT: ['v=spf1 mx -all', 'v=spf1 -all'] },
      }),
      '2 SPF records',
    ],
    [
      'SPF that forbids us',
      () => ({
        ...good,
        'posthorn.test': { MX: ['10 mail.posthorn.test'], TXT: ['v=spf1 ip4:198.51.100.1 -all'] },
      }),
      'does not let 192.0.2.7 send',
    ],
    [
      'another key',
      () => ({ ...good, 'posthorn._domainkey.posthorn.test': { TXT: ['v=DKIM1; p=AAAA'] } }),
      'holds another key',
    ],
  ]
  test.each(broken)('%s is named', async (_, zone, said) => {
    names.zone = zone()
    expect(wrong(await look()).join('\n')).toContain(said)
  })

  test('what is wrong is told to who asks by the exit code', async () => {
    names.zone = without('posthorn._domainkey.posthorn.test')
    const answer = await typed()
    expect(wrong(answer.findings).join('\n')).toContain('is not published')
    expect(answer.code).toBe(1)
  })

  test('a wrong reverse name and a DMARC that only watches are warnings', async () => {
    names.zone = {
      ...good,
      '7.2.0.192.in-addr.arpa': { PTR: ['host7.provider.example'] },
      '_dmarc.posthorn.test': { TXT: ['v=DMARC1; p=none'] },
    }
    const answer = await typed()
    const warned = answer.findings.filter(({ state }) => state === 'warning').map(({ says }) => says)
    expect(warned.join('\n')).toMatch(/host7\.provider\.example[\s\S]*only watches/)
    expect(answer.code).toBe(0)
  })

  test('a door that does not answer, an open folder and a foreign name are named', async () => {
    names.zone = good
    chmodSync(server.home, 0o755)
    chmodSync(join(server.home, 'mail'), 0o755)
    chmodSync(join(server.home, 'mail', 'directory.db'), 0o644)
    const answer = await look({ POSTHORN_IMAP_PORT: '1', POSTHORN_MAIL_HOSTNAME: 'mx.posthorn.test' })
    const said = wrong(answer).join('\n')
    expect(said).toContain('IMAP on 127.0.0.1:1 does not answer: ECONNREFUSED')
    expect(said).toContain('password hashes')
    expect(said).toContain('the certificate does not name mx.posthorn.test')
  })

  test('the relay test knows when it proves nothing', async () => {
    names.zone = good
    const answer = await look({ POSTHORN_TRUSTED_NETWORKS: '127.0.0.0/8' })
    expect(wrong(answer).join('\n')).toContain('relay test was left out')
  })
})

describe('log summary', () => {
  const line = (event: string, fields: object, time = '2026-02-03T10:00:00.000Z', level = 'info') =>
    `${JSON.stringify({ time, level, event, ...fields })}\n`
  const lines = [
    line('queued', { queue: 'A', from: 'alice@posthorn.test', size: 2048, client: '192.0.2.1' }),
    line('queued', { queue: 'B', from: '', size: 1024, client: '192.0.2.2' }, '2026-02-04T10:00:00.000Z'),
    line('delivered', { queue: 'A', to: 'bob@example.org', seconds: 2, reply: '250 ok' }),
    line('delivered', { queue: 'A', to: 'carol@example.org', seconds: 4, reply: '250 ok' }),
    line('deferred', { queue: 'A', to: 'dan@slow.example', seconds: 1, reply: '451 later \u001b[31m' }),
    line('failed', { queue: 'A', to: 'eve@gone.example', seconds: 1, reply: '550 no such user' }),
    line('refused', { client: '203.0.113.9', reply: '554 5.7.1 Relay access denied' }),
    line('sign-in-failed', { login: 'root', peer: '203.0.113.9', failures: 3 }, undefined, 'warn'),
    line('alias-loop', { error: 'a -> b -> a' }, undefined, 'warn'),
    'not a line of ours\n',
  ].join('')

  test('counts what came, went, waited, failed and was refused, in bytes and by hour, domain and sender', async () => {
    const env = { POSTHORN_HOME: emptyFolder() }
    const { stdout } = await runVerb(env, ['log', 'summary', '-', '--json'], lines)
    const told = JSON.parse(stdout) as Record<string, unknown>
    expect(told).toMatchObject({
      totals: {
        received: 2,
        delivered: 2,
        deferred: 1,
        failed: 1,
        refused: 1,
        receivedBytes: 3072,
        deliveredBytes: 4096,
      },
      domains: {
        'example.org': { delivered: 2, bytes: 4096, delay: 6, longest: 4 },
        'slow.example': { deferred: 1 },
      },
      failures: [{ name: 'gone.example: 550 no such user', count: 1 }],
      signIns: [{ name: '203.0.113.9 as root' }],
      warnings: [{ name: 'warn: alias-loop: a -> b -> a' }],
      lines: { read: 10, unreadable: 1 },
    })
  })

  test('as a page, without what a terminal would obey; a day may be chosen; the running server keeps its log', async () => {
    const home = emptyFolder()
    const env = { POSTHORN_HOME: home, TZ: 'UTC' }
    expect((await runVerb(env, ['log', 'summary'])).stderr).toContain('does not exist')
    const page = await runVerb(env, ['log', 'summary', '-', '--day', '2026-02-03'], lines)
    expect(page.stdout).toContain('451 later ·[31m')
    expect(page.stdout).toMatch(/ 1 {2}received/)
    expect(page.stdout).toContain('3.0s')
    expect((await runVerb(env, ['log', 'summary', '-', '--day', 'someday'], '')).stderr).toContain(
      'is not a day',
    )
    const made = await runVerb({ POSTHORN_HOME: home }, ['setup', 'example.org'])
    expect(made.code).toBe(0)
    rmSync(join(home, 'logs'), { recursive: true, force: true })
    appendFileSync(join(home, 'mailserver.log'), lines)
    const file = join(home, 'mailserver.log')
    expect((await runVerb(env, ['log', 'summary', file, '--top', '1'])).stdout).toContain(
      'Senders by messages',
    )
  })
})

test('quota of a user: set, shown, taken away', async () => {
  const home = emptyFolder()
  const env = { POSTHORN_HOME: home }
  await runVerb(env, ['setup', 'example.org', '--user', 'anna'], 'long enough\n')
  expect((await runVerb(env, ['user', 'quota', 'anna@example.org'])).stdout).toBe('none\n')
  expect((await runVerb(env, ['user', 'quota', 'anna@example.org', '500M'])).code).toBe(0)
  const { stdout } = await runVerb(env, ['user', 'quota', 'anna@example.org', '--json'])
  expect(JSON.parse(stdout)).toEqual({ address: 'anna@example.org', quotaBytes: 524_288_000 })
  expect((await runVerb(env, ['user', 'quota', 'anna@example.org', 'lots'])).stderr).toContain('not a size')
  expect((await runVerb(env, ['user', 'quota', 'anna@example.org', 'none'])).code).toBe(0)
})
