// docs/self-hosting.md, "The classic trio": its blocks are executed as they stand, in a root of its own with systemd.
// Here in that of this machine, so that nothing is fetched or built again; `npm run test:long -- trio` begins with a fresh
// Debian and leaves out nothing.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { repository } from '../e2e/servers/repository'
import { type Ran, type Root, startRoot, whyNoRoot } from '../e2e/servers/root'
import { type Step, walkOf } from '../e2e/servers/walk'

/** A folder made by debootstrap, for the whole walk. */
const fresh = process.env.POSTHORN_FRESH_DEBIAN
const lower = fresh ?? '/'
const versionOf = (root: string) => {
  const file = join(root, 'etc', 'debian_version')
  return existsSync(file) ? (readFileSync(file, 'utf8').split('.')[0] ?? '') : ''
}
const debian = versionOf(lower)
const missing = fresh
  ? []
  : ['apache2', 'dovecot', 'postfix', 'fail2ban-server'].filter(
      (name) => !['/usr/sbin', '/usr/bin'].some((folder) => existsSync(join(folder, name))),
    )
const why =
  whyNoRoot() ??
  (debian === '12' || debian === '13' ? null : 'the page speaks of Debian 12 and 13') ??
  (missing.length > 0 ? `not installed: ${missing.join(', ')}` : null)
const title = (says: string) => (why ? `did not run (${why}): ${says}` : says)

let folder: string
let root: Root
beforeAll(async () => {
  if (why) return
  folder = mkdtempSync(join(tmpdir(), 'posthorn-trio-'))
  if (fresh) execFileSync('git', ['clone', '--quiet', '--bare', repository, join(folder, 'posthorn.git')])
  const binds = new Map([
    fresh ? ['/srv/posthorn.git', join(folder, 'posthorn.git')] : ['/opt/posthorn', repository],
  ])
  root = await startRoot({ lower, init: 'systemd', binds })
})
afterAll(async () => {
  await root?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** The address of the page leads to what is committed here. */
const env = {
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'url./srv/posthorn.git.insteadOf',
  GIT_CONFIG_VALUE_0: 'https://github.com/posthorn/posthorn',
  GIT_CONFIG_KEY_1: 'safe.directory',
  GIT_CONFIG_VALUE_1: '*',
  // Whom this machine believes, where a registry is reached by way of it.
  NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt',
}

const follow = async ({ section, script, fetches }: Step): Promise<Ran> => {
  const began = Date.now()
  const ran = await root.run(script, { network: fetches ? 'machine' : 'own', env })
  if (ran.status !== 0) {
    const { output } = await root.run('journalctl --no-pager --lines=60')
    throw new Error(`${section}: ended with ${ran.status}\n${script}\n${ran.output}\n${output}`)
  }
  console.log(`${section}: ${Math.round((Date.now() - began) / 100) / 10} s`)
  return ran
}

it.skipIf(why)(
  title(`the classic trio stands when the page has been followed, on Debian ${debian}`),
  async () => {
    const steps = walkOf({ list: 'The classic trio: Apache, Postfix, Dovecot', debian })
    const said: string[] = []
    for (const step of steps) if (fresh || !step.fetches) said.push((await follow(step)).output)
    // The second time that the page asks, through Apache, everything answers.
    expect(said.join('\n')).toMatch(/"ok":true/)
    const visited = await root.run('cd /opt/posthorn && node --import tsx e2e/servers/trio-visit.ts')
    if (visited.status !== 0)
      throw new Error(`${visited.output}\n${(await root.run('journalctl --no-pager --lines=80')).output}`)
    expect(visited.output).toContain('sent, arrived, and the guesser kept out')
    const { output: banned } = await root.run('fail2ban-client get posthorn banip')
    expect(banned.trim()).toBe('127.0.1.66')
    // Postfix was told from where she came who sent.
    const { output: postfix } = await root.run('journalctl --no-pager | grep sasl_username')
    expect(postfix).toMatch(/client=\S*\[127\.0\.1\.1\], sasl_method=PLAIN, sasl_username=alice/)
    // Dovecot knows them apart, too, although everybody comes by way of the web app.
    const { output: dovecot } = await root.run('journalctl --no-pager --unit=dovecot')
    expect(dovecot).toMatch(/auth failed.*rip=127\.0\.1\.66,/)
    // Dovecot 2.4 says "Logged in" where 2.3 says "Login".
    expect(dovecot).toMatch(/(?:Login|Logged in): user=<alice>.*rip=127\.0\.1\.1,/)
  },
  fresh ? 5_400_000 : 120_000,
)
