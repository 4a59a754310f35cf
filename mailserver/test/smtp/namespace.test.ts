// Three of ours and one Postfix, each finding the others by DNS alone, on port 25 of a network namespace.
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Facts } from '../support/namespace'
import { postfixMissing } from '../support/postfix'
import { bundle } from '../support/process'

const run = promisify(execFile)

const missing = ((): string | null => {
  const postfix = postfixMissing()
  if (postfix) return postfix
  try {
    execFileSync('unshare', ['--net', '--mount', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'pipe' })
    return null
  } catch {
    return 'did not run: no network namespace can be made here'
  }
})()

// Its name is the reason; with CI set, npm test counts what did not run as failed.
if (missing) test.skip(missing, () => {})
else
  describe('neighbours by DNS', () => {
    let facts: Facts

    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'posthorn-names-'))
      const resolv = join(folder, 'resolv.conf')
      writeFileSync(resolv, 'nameserver 127.0.0.1\noptions timeout:1 attempts:2\n', { mode: 0o644 })
      const inside =
        'ip link set lo up && mount --bind "$1" "$(readlink -f /etc/resolv.conf)" && exec "$2" "$3"'
      const program = await bundle('test/support/namespace.ts')
      const args = ['--net', '--mount', 'sh', '-c', inside, 'sh', resolv, process.execPath, program]
      const { stdout } = await run('unshare', args, { maxBuffer: 16 * 1024 * 1024 })
      facts = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Facts
      rmSync(folder, { recursive: true, force: true })
    }, 120_000)

    test.each([
      ['second-mx', 'Received: from mail.a.test', 'the preferred host is down (RFC 5321 section 5.1)'],
      ['no-mx', 'Received: from mail.a.test', "the domain's own address stands in for an MX"],
      ['to-postfix', 'Received: from mail.a.test', 'to Postfix'],
      ['over-ipv6', '[IPv6:::1]', 'a host that has an IPv6 address alone'],
      ['from-postfix', 'Received: from mail.p.test', 'Postfix finds us'],
      ['from-postfix-second-mx', 'Received: from mail.p.test', 'Postfix finds our second host'],
      ['by-relay-host', 'Received: from mail.six.test', 'everything through the relay host'],
      ['later', 'Received: from mail.a.test', 'what had to wait goes when the domain has another host'],
    ])('%s arrives with "%s": %s', (subject, words) => {
      expect(facts.arrived[subject]).toContain(words)
    })

    test('what a message was carried under stands in Received', () => {
      expect(facts.arrived['second-mx']).toMatch(/\(using TLSv1\.3 with cipher TLS_\w+\)/)
    })

    test.each([
      ['x@nomail.test', /Status: 5\.1\.10/, 'null MX (RFC 7505)'],
      ['x@nowhere.test', /Status: 5\.1\.2/, 'no such domain'],
      ['nobody@p.test', /Status: 5\.1\.1[\s\S]*Remote-MTA: dns; mail\.p\.test/, 'refused by Postfix'],
      [
        'nobody@b.test',
        /Status: 5\.1\.1[\s\S]*Remote-MTA: dns; mail\.b\.test/,
        'refused by the other of ours',
      ],
      ['nobody@a.test', /550 5\.1\.1/, 'refused by ours, told by Postfix'],
      ['round@loop.test', /5\.4\.6|too many hops/, 'a loop'],
    ])('%s comes back with %s: %s', (address, words) => {
      expect(facts.reports[address]).toMatch(words)
    })

    test('a host that is down defers', () => {
      expect(facts.deferred['bob@later.test']).toMatch(/^451 4\.4\.1 .*ECONNREFUSED/)
    })
  })
