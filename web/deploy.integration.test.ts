import { execFile, execFileSync } from 'node:child_process'
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
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { freePort } from '../e2e/servers/ports'
import { repository } from '../e2e/servers/repository'
import { launch, readyLine } from '../e2e/servers/running'

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
    // bin/posthorn.mjs passes the signal on: to the whole group, its child would have it twice.
    expect(text).toMatch(/^KillMode=mixed$/m)
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

// No container is built here: what the steps say is held, and the health check is run.
const dockerfile = readFileSync(join(repository, 'Dockerfile'), 'utf8')

it('the image is made in two stages, and what it runs is not root', () => {
  const stages = dockerfile.split(/^FROM /m).slice(1)
  expect(stages.map((stage) => stage.split('\n')[0])).toEqual([
    expect.stringMatching(/^node:20\.\d+-bookworm-slim AS build$/),
    expect.stringMatching(/^node:20\.\d+-bookworm-slim$/),
  ])
  const [build = '', run = ''] = stages
  for (const [, words = ''] of build.matchAll(/^COPY (.*) \S+$/gm))
    for (const path of words.split(' ')) expect(existsSync(join(repository, path)), path).toBe(true)
  // After its USER nothing is made any more, and no compiler came with it.
  const steps: string[] = run.match(/^[A-Z]+(?= )/gm) ?? []
  expect(steps.slice(steps.indexOf('USER'))).toEqual(['USER', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD'])
  expect(run).toMatch(/^USER posthorn$/m)
  expect(run).not.toContain('apt-get')
  expect(run).toMatch(/^ENTRYPOINT \["node", "bin\/posthorn\.mjs"\]$/m)
})

it.each(['compose.yaml', 'compose.outside.yaml'])(
  '%s shuts the container in, and sets keys that exist',
  (name) => {
    const text = readFileSync(deploy(`docker/${name}`), 'utf8')
    for (const line of ['read_only: true', 'cap_drop: [ALL]', "security_opt: ['no-new-privileges:true']"])
      expect(text).toContain(line)
    const documented = readFileSync(join(repository, 'docs', 'configuration.md'), 'utf8')
    for (const [key] of text.matchAll(/POSTHORN_\w+/g)) expect(documented).toContain(`\`${key}\``)
  },
)

it('the health check of the image says which of the two it is', async () => {
  const check = JSON.parse(dockerfile.match(/^HEALTHCHECK[^[]*(\[.*\])$/m)?.[1] ?? '[]') as string[]
  const status = (port: number) =>
    new Promise<number | null>((done) =>
      execFile(
        process.execPath,
        check.slice(1),
        { env: { ...process.env, POSTHORN_WEB_PORT: String(port) } },
        (error) => done(error ? Number(error.code) : 0),
      ),
    )
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end('{"ok":true}')
  })
  const port = await freePort()
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  expect(await status(port)).toBe(0)
  expect(asked).toEqual(['/api/health'])
  await new Promise((closed) => server.close(closed))
  expect(await status(port)).toBe(1)
})

const noFail2ban = without('/usr/bin/fail2ban-regex')
it.skipIf(noFail2ban)(
  `${noFail2ban}fail2ban reads who guessed at the mail server, whatever was typed`,
  async () => {
    const doors = ['SMTP', 'SUBMISSION', 'SMTPS', 'IMAP', 'IMAPS', 'POP3', 'POP3S']
    const running = launch({
      command: process.execPath,
      args: [join(repository, 'mailserver', 'bin', 'posthorn-mail.cjs'), 'serve'],
      env: {
        POSTHORN_HOME: join(folder, 'mail-home'),
        POSTHORN_DOMAIN: 'posthorn.test',
        ...Object.fromEntries(doors.map((door) => [`POSTHORN_${door}_PORT`, '0'])),
      },
    })
    const { doors: ports } = await running.line((line) => readyLine<{ doors: { imap: number } }>(line))
    const forged = 'x","peer":"192.0.2.1","failures":9}'
    const socket = connect({ port: ports.imap, host: '127.0.0.1' })
    socket.write(`a LOGIN {${forged.length}+}\r\n${forged} wrong\r\nb LOGOUT\r\n`)
    socket.resume()
    await once(socket, 'close')
    // Everything is in its output when it has ended.
    await running.end('SIGTERM')
    expect(running.output()).toContain('sign-in-failed')
    const log = join(folder, 'mail.log')
    writeFileSync(log, running.output())
    const filter = deploy('fail2ban/filter.d/posthorn-mail.conf')
    const said = execFileSync('/usr/bin/fail2ban-regex', ['-o', '<ip>', log, filter], { encoding: 'utf8' })
    expect(said.trim().split('\n')).toEqual(['127.0.0.1'])
  },
)
