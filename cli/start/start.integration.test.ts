// The supervisor as a person meets it: a process, its screen, its exit code. Needs the built programs.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anyPorts, freePort } from '../../e2e/servers/ports'
import { repository } from '../../e2e/servers/repository'
import { launch, type Running } from '../../e2e/servers/running'

let home = ''
const started: Running[] = []
const servers: Server[] = []
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'posthorn-start-'))))
afterEach(async () => {
  await Promise.all(started.splice(0).map((program) => program.end('SIGTERM')))
  servers.splice(0).forEach((server) => server.close())
  rmSync(home, { recursive: true, force: true })
})

const posthorn = (args: string[], env: Record<string, string>) => {
  const program = launch({
    command: process.execPath,
    args: ['bin/posthorn.mjs', ...args],
    cwd: repository,
    env: { POSTHORN_HOME: home, ...env },
  })
  started.push(program)
  return program
}
const url = (line: string) => /running: {2}(\S+)/.exec(line)?.[1] ?? null
const outside = { POSTHORN_IMAP: 'imap://127.0.0.1:9', POSTHORN_SUBMISSION: 'smtp://127.0.0.1:9' }

const processesUnder = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)

/** Addresses, as the kernel writes them, on which a process waits for others. */
const listensOn = (pid: number): string[] => {
  const folder = `/proc/${pid}/fd`
  const open = readdirSync(folder).flatMap((fd) => {
    try {
      return readlinkSync(join(folder, fd))
    } catch {
      return []
    }
  })
  const tables = ['tcp', 'tcp6'].flatMap((name) =>
    readFileSync(`/proc/${pid}/net/${name}`, 'utf8').split('\n'),
  )
  return tables
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === '0A' && open.includes(`socket:[${inode}]`))
    .map(([, local = '']) => local.replace(/:.*/, ''))
}
const LOOPBACK = '0100007F'

const gone = async (pid: number) => {
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await new Promise((again) => setTimeout(again, 25))
  }
}

const take = (port: number) =>
  new Promise<void>((done) => {
    const server = createServer()
    servers.push(server)
    server.listen(port, '127.0.0.1', () => done())
  })

describe('start in front of an outside server', () => {
  it('starts the web app alone, brings it back after kill -9, and ends in order', async () => {
    const port = await freePort()
    const program = posthorn(['start'], { ...outside, POSTHORN_WEB_PORT: String(port) })
    const address = await program.line(url)
    expect((await fetch(`${address}/api/health`)).status).toBe(200)
    const [web, ...others] = processesUnder(program.pid)
    expect(others).toEqual([])
    process.kill(web ?? 0, 'SIGKILL')
    await program.line((line) => (line.includes('was ended by SIGKILL; starting it again') ? line : null))
    await program.line((line) => (line.includes('The web app runs again') ? line : null))
    expect((await fetch(`${address}/api/health`)).status).toBe(200)
    expect(await program.end('SIGTERM')).toBe(0)
    await expect(fetch(`${address}/api/health`)).rejects.toThrow()
  })

  it('names a taken port, its holder and the key that changes it', async () => {
    const port = await freePort()
    await take(port)
    const program = posthorn(['start'], { ...outside, POSTHORN_WEB_PORT: String(port) })
    expect(await program.exited).toBe(1)
    expect(program.output()).toContain(`Port ${port} (web app) cannot be had`)
    expect(program.output()).toContain(`process ${process.pid}`)
    expect(program.output()).toContain('POSTHORN_WEB_PORT')
  })

  it('asks for submission when only imap is given', async () => {
    const program = posthorn(['start'], { POSTHORN_IMAP: outside.POSTHORN_IMAP })
    expect(await program.exited).toBe(1)
    expect(program.output()).toContain('submission')
  })

  it('is one per data folder, whose posthorn.toml says what it stands in front of; killed, it leaves nothing behind', async () => {
    const keys = Object.entries(outside).map(([key, value]) => [
      key.replace('POSTHORN_', '').toLowerCase(),
      value,
    ])
    writeFileSync(join(home, 'posthorn.toml'), keys.map(([key, value]) => `${key} = "${value}"\n`).join(''))
    const first = posthorn(['start'], { POSTHORN_WEB_PORT: '0' })
    await first.line(url)
    expect(processesUnder(first.pid)).toHaveLength(1)
    const second = posthorn(['start'], { ...outside, POSTHORN_WEB_PORT: '0' })
    expect(await second.exited).toBe(1)
    expect(second.output()).toContain('already runs')
    const [web = 0] = processesUnder(first.pid)
    process.kill(first.pid, 'SIGKILL')
    await gone(web)
  })
})

const timed = (work: () => void): number => {
  const began = Date.now()
  work()
  return Date.now() - began
}

describe('start without any configuration', () => {
  it(
    'is a demo: accounts on the screen, both parts run, and a second start is ready within 3 s',
    { timeout: 180_000 },
    async () => {
      const env = { ...anyPorts, POSTHORN_WEB_PORT: '0' }
      const first = posthorn(['start'], env)
      await first.line((line) => (line.includes('alice@posthorn.test') ? line : null), 60_000)
      await first.line(url)
      const parts = processesUnder(first.pid)
      expect(parts).toHaveLength(2)
      expect(parts.flatMap(listensOn)).toEqual(Array(8).fill(LOOPBACK))
      expect(await first.end('SIGTERM')).toBe(0)
      // The best of three: what is promised is what the program needs, not what else the machine does. Other suites run
      // beside this one, so three seconds are counted in starts of Node itself, which takes 40 ms or more where it is idle.
      const took: number[] = []
      const most = 3000 / 40
      while (took.length < 3 && !took.some((one) => one < most)) {
        const bare = timed(() => execFileSync(process.execPath, ['-e', '0']))
        const began = Date.now()
        const again = posthorn(['start'], env)
        await again.line(url)
        took.push((Date.now() - began) / Math.max(40, bare))
        await again.end('SIGTERM')
      }
      expect(Math.min(...took)).toBeLessThan(most)
    },
  )

  it('never serves the password everybody knows beyond this machine', async () => {
    const refused = posthorn(['start'], { ...anyPorts, POSTHORN_WEB_PORT: '0', POSTHORN_HOST: '0.0.0.0' })
    expect(await refused.exited).toBe(1)
    expect(refused.output()).toContain('--demo')
    const asked = posthorn(['start', '--demo'], {
      ...anyPorts,
      POSTHORN_WEB_PORT: '0',
      POSTHORN_HOST: '0.0.0.0',
    })
    const password = await asked.line((line) => /alice@\S+\s+password (\S+)/.exec(line)?.[1] ?? null)
    expect(password).toMatch(/^[a-z2-9]{16}$/)
  })
})
