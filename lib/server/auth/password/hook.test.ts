import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askHook } from './hook'

const change = {
  user: 'ida',
  address: 'ida@x.test',
  old: 'a "b" $(c)',
  new: "d'e `f` ü",
  client: '192.0.2.7',
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'posthorn-hook-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a program', () => {
  let count = 0
  const run = (script: string, withinMs = 10_000) => {
    const path = join(folder, `program-${count++}`)
    writeFileSync(path, `#!/bin/sh\n${script}\n`)
    chmodSync(path, 0o755)
    return askHook({ target: path, token: null, withinMs }, change)
  }

  it('is told everything on standard input, and nothing by arguments or environment', async () => {
    const seen = join(folder, 'seen')
    expect(await run(`cat > ${seen}; { echo "$#"; env; } > ${seen}.around`)).toEqual({ is: 'changed' })
    expect(JSON.parse(readFileSync(seen, 'utf8'))).toEqual(change)
    const around = readFileSync(`${seen}.around`, 'utf8')
    expect(around).toMatch(/^0\n/)
    expect(around).not.toMatch(/POSTHORN|NEXTAUTH|ida/)
  })

  it.each([
    ['exit 1', { is: 'wrong-password' }],
    ['echo "Too short."; echo more; exit 2', { is: 'refused', why: 'Too short.' }],
    [`printf 'a\\033[31mb\\n'; exit 2`, { is: 'refused', why: 'a [31mb' }],
    ['exit 3', { is: 'unsure', why: 'the program ended with 3' }],
    ['kill -9 $$', { is: 'unsure', why: 'the program was ended' }],
    ['head -c 3000000 /dev/zero | tr "\\0" x; exit 2', { is: 'refused', why: 'x'.repeat(300) }],
    // What it leaves behind holds its output open.
    ['sleep 60 & exit 0', { is: 'changed' }],
  ])('%s', async (script, outcome) => expect(await run(script)).toEqual(outcome))

  it('that never ends is ended, with what it started', async () => {
    const mark = join(folder, 'pid')
    // Long enough for a slow shell to have said what it started.
    expect(await run(`sleep 61 & echo $! > ${mark}; wait`, 3000)).toMatchObject({ is: 'unsure' })
    const pid = Number(readFileSync(mark, 'utf8'))
    await expect.poll(() => isRunning(pid)).toBe(false)
  })

  it('that is not there changes nothing', async () => {
    const outcome = await askHook({ target: join(folder, 'nowhere'), token: null }, change)
    expect(outcome).toMatchObject({ is: 'unsure' })
  })
})

/** A process that has ended and was not waited for yet is not running. */
const isRunning = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

describe('an address', () => {
  let server: Server
  let target: string
  let asked: { headers: IncomingMessage['headers']; body: string }[]
  let answer: { status: number; body: string } | 'silence'
  beforeAll(async () => {
    asked = []
    server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        asked.push({ headers: request.headers, body })
        if (answer === 'silence') return
        response.writeHead(answer.status).end(answer.body)
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/change`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it.each([
    [200, '', { is: 'changed' }],
    [204, '', { is: 'changed' }],
    [401, '', { is: 'wrong-password' }],
    [422, '{"message":"In a dictionary."}', { is: 'refused', why: 'In a dictionary.' }],
    [422, '<html>', { is: 'refused', why: '' }],
    [422, `{"message":"${'x'.repeat(100_000)}"}`, { is: 'refused', why: '' }],
    [429, '', { is: 'slow-down' }],
    [302, '', { is: 'unsure', why: 'HTTP 302' }],
    [500, '', { is: 'unsure', why: 'HTTP 500' }],
  ])('answers %i %s', async (status, body, outcome) => {
    answer = { status, body }
    expect(await askHook({ target, token: 'tok' }, change)).toEqual(outcome)
    expect(asked.at(-1)?.headers).toMatchObject({
      authorization: 'Bearer tok',
      'content-type': 'application/json',
    })
    expect(JSON.parse(asked.at(-1)?.body ?? '')).toEqual(change)
  })

  it.each([
    ['HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n', 'HTTP 101'],
    ['', 'socket hang up'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nO', 'aborted'],
  ])('that answers %j is not waited for', async (words, why) => {
    const odd = createTcpServer((socket) => socket.once('data', () => socket.end(words)))
    await new Promise<void>((done) => odd.listen(0, '127.0.0.1', done))
    const at = `http://127.0.0.1:${(odd.address() as AddressInfo).port}/change`
    expect(await askHook({ target: at, token: null }, change)).toEqual({ is: 'unsure', why })
    odd.close()
  })

  it('that does not answer is left', async () => {
    answer = 'silence'
    expect(await askHook({ target, token: null, withinMs: 200 }, change)).toMatchObject({ is: 'unsure' })
  })
})
