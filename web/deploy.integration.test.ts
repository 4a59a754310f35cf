import { execFileSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { repository } from '../e2e/servers/repository'

// What stands in deploy/ beside the web servers (web/proxies.integration.test.ts), by the programs that read it.

const folder = mkdtempSync(join(tmpdir(), 'posthorn-deploy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const deploy = (file: string) => join(repository, 'deploy', file)
const without = (program: string) => (existsSync(program) ? '' : `did not run (no ${program}): `)

const noSystemd = without('/usr/bin/systemd-analyze')
it.skipIf(noSystemd).each(['posthorn-web', 'posthorn-mail'])(
  `${noSystemd}%s.service is understood, and shuts itself in`,
  (name) => {
    const unit = join(folder, `${name}.service`)
    // Where this machine keeps Node; the docs name Debian's.
    const text = readFileSync(deploy(`systemd/${name}.service`), 'utf8')
    writeFileSync(unit, text.replace('/usr/bin/node', process.execPath))
    execFileSync('/usr/bin/systemd-analyze', ['verify', unit], { stdio: 'pipe' })
    // In tenths: 9.6 is a unit that says nothing, below 2 is what systemd calls OK.
    execFileSync('/usr/bin/systemd-analyze', ['security', '--offline=true', '--threshold=20', unit], {
      stdio: 'pipe',
    })
  },
)

const noLogrotate =
  without('/usr/sbin/logrotate') || (process.getuid?.() === 0 ? '' : 'did not run (not root): ')
it.skipIf(noLogrotate)(`${noLogrotate}logrotate takes the log away while it is written`, () => {
  const log = join(folder, 'web.log')
  const rules = join(folder, 'rules')
  const text = readFileSync(deploy('logrotate/posthorn'), 'utf8')
  writeFileSync(rules, text.replace('/var/log/posthorn', folder), { mode: 0o644 })
  const state = join(folder, 'state')
  const program = openSync(log, 'a')
  writeSync(program, 'before\n')
  execFileSync('/usr/sbin/logrotate', ['--force', '--state', state, rules], { stdio: 'pipe' })
  writeSync(program, 'after\n')
  closeSync(program)
  expect(readFileSync(`${log}.1`, 'utf8')).toBe('before\n')
  expect(readFileSync(log, 'utf8')).toBe('after\n')
})
