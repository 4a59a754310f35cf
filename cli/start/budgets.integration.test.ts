// What README and DESIGN.md promise about size, held on the demo as it is started. Nothing here depends on what
// else the machine does.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyPorts } from '../../e2e/servers/ports'
import { repository } from '../../e2e/servers/repository'
import { launch, type Running } from '../../e2e/servers/running'
import { visitorOf, type Visitor } from '../../e2e/servers/visitor'

const MOST_SCRIPT_BYTES = 230_000
const MOST_IDLE_BYTES = 300e6

let home = ''
let program: Running
let url = ''
let alice: Visitor
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'posthorn-budgets-'))
  const env = { POSTHORN_HOME: home, ...anyPorts }
  program = launch({ command: process.execPath, args: ['bin/posthorn.mjs', 'start'], cwd: repository, env })
  url = await program.line((line) => /running: {2}(\S+)/.exec(line)?.[1] ?? null, 60_000)
  alice = visitorOf({ url })
  expect((await alice.signIn({ address: 'alice@posthorn.test', password: 'posthorn' })).status).toBe(200)
})
afterAll(async () => {
  await program?.end('SIGTERM')
  rmSync(home, { recursive: true, force: true })
})

const page = async (path: string): Promise<string> => {
  const answer = await fetch(`${url}${path}`, { headers: { cookie: alice.cookie() } })
  expect(answer.status).toBe(200)
  return answer.text()
}

/** Of every script that the page itself asks for; `nomodule` is for browsers that are not served. */
const scriptsOf = (html: string): string[] => {
  const tags = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g)]
  return [...new Set(tags.filter(([tag]) => !/nomodule/i.test(tag)).map(([, src = '']) => src))]
}

const scriptAt = async (src: string): Promise<Buffer> => {
  const answer = await fetch(new URL(src, url))
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

it('loads at most 230 kB of JavaScript, compressed, to show the inbox', async () => {
  const scripts = scriptsOf(await page('/mail/0/inbox'))
  expect(scripts.length).toBeGreaterThan(5)
  const loaded = await Promise.all(scripts.map(scriptAt))
  const sizes = loaded.map((script) => gzipSync(script).length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_SCRIPT_BYTES)
  // Schemas are the server's: 20 kB that no browser needs to read what our own server says.
  expect(loaded.filter((script) => script.includes('ZodMini'))).toEqual([])
})

const partsOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)

interface Memory {
  own: number
  /** Of files: Node itself above all, which the system holds once for both. */
  shared: number
}

const memoryOf = (pid: number): Memory => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024
  return { own: bytes('RssAnon'), shared: bytes('RssFile') }
}

const memoryTogether = (pids: number[]): number => {
  const parts = pids.map(memoryOf)
  return parts.reduce((sum, { own }) => sum + own, Math.max(...parts.map(({ shared }) => shared)))
}

const readEverything = async () => {
  const folder = '/accounts/0/mailboxes/inbox'
  const listed = await alice.call('GET', `${folder}/messages?offset=0&limit=60`)
  const { rows } = listed.body<{ rows: { id: string }[] }>()
  for (const { id } of rows) {
    expect((await alice.call('GET', `${folder}/messages/${id}`)).status).toBe(200)
    await alice.call('GET', `${folder}/messages/${id}/frame?images=blocked&theme=light`)
  }
  expect((await alice.call('GET', '/accounts/0/search?q=survey')).status).toBe(200)
  return rows.length
}

describe.skipIf(!existsSync('/proc/self/status'))('after a person has read their mail', () => {
  it('web app and mail server fall back to at most 300 MB', async () => {
    await page('/mail/0/inbox')
    expect(await readEverything()).toBeGreaterThan(30)
    const parts = partsOf(program.pid)
    expect(parts).toHaveLength(2)
    const resident = () => memoryTogether(parts)
    await expect.poll(resident, { timeout: 45_000, interval: 500 }).toBeLessThanOrEqual(MOST_IDLE_BYTES)
  })
})
