// What a hostile client can do to the doors, and that everybody else is served meanwhile. The server is a process of
// its own, so that its memory is its own; the long suite raises the numbers (`npm run test:long -- smtp-abuse`).
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { realClock, type Clock } from '../../src/core/clock'
import { readConfig } from '../../src/core/config'
import { dialog, greeted, type Dialog } from '../support/dialog'
import { prepareHome } from '../support/first-start'
import { startProcess, type ServerProcess } from '../support/process'
import { password, readMaildir, startServer, testEnvironment, type TestServer } from '../support/server'

const crowd = Number(process.env.POSTHORN_ABUSE_CONNECTIONS ?? 1000)
const megabytes = Number(process.env.POSTHORN_ABUSE_MEGABYTES ?? 100)
const limit = 200

describe('one process under abuse', () => {
  let home: string
  let server: ServerProcess
  const port = () => server.doors.smtp as number
  const memory = () => {
    const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
  }

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'posthorn-abuse-'))
    const env = testEnvironment(home, { POSTHORN_CONNECTION_LIMIT: String(limit) })
    await prepareHome(readConfig(env), ['bob@posthorn.test'], password)
    server = await startProcess(env)
  })
  afterAll(async () => {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  })

  const deliver = async (subject: string) => {
    const talk = await greeted(port())
    await talk.say('MAIL FROM:<x@client.example>')
    await talk.say('RCPT TO:<bob@posthorn.test>')
    await talk.say('DATA')
    talk.send(`Subject: ${subject}\r\n\r\nx\r\n.\r\n`)
    expect(await talk.reply()).toMatch(/^250/)
    talk.end()
    while (!readMaildir(home, 'bob@posthorn.test').some((text) => text.includes(subject)))
      await new Promise((done) => setTimeout(done, 20))
  }

  const arrive = async (): Promise<{ socket: Socket; said: string }> => {
    const socket = connect({ port: port(), host: '127.0.0.1' })
    socket.on('error', () => {})
    const [said] = (await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => [''])])) as [
      Buffer | string,
    ]
    return { socket, said: said.toString() }
  }

  test(`${crowd} connections: ${limit} are served, the others are told to come again, memory stays`, async () => {
    const before = memory()
    const all: Awaited<ReturnType<typeof arrive>>[] = []
    for (let at = 0; at < crowd; at += 250)
      all.push(...(await Promise.all(Array.from({ length: Math.min(250, crowd - at) }, arrive))))
    const served = all.filter(({ said }) => said.startsWith('220'))
    expect(served.length).toBeGreaterThanOrEqual(limit - 5)
    expect(served.length).toBeLessThanOrEqual(limit + 5)
    expect(all.every(({ said }) => /^(220|421 4\.7\.0|$)/.test(said))).toBe(true)
    expect(memory() - before).toBeLessThan(100)
    await Promise.all(
      all.map(({ socket }) => {
        socket.destroy()
        return socket.closed ? null : once(socket, 'close')
      }),
    )
    // The server learns of each farewell in its own time.
    for (let free = 0; free < 5;) {
      const { socket, said } = await arrive()
      socket.destroy()
      free = said.startsWith('220') ? free + 1 : 0
    }
    await deliver('after the crowd')
  })

  test('senders that trickle hold nobody up', async () => {
    const slow = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const talk = await greeted(port())
        await talk.say('MAIL FROM:<slow@client.example>')
        await talk.say('RCPT TO:<bob@posthorn.test>')
        await talk.say('DATA')
        return talk
      }),
    )
    const trickle = setInterval(() => slow.forEach((talk) => talk.send('x')), 10)
    await deliver('between the drops')
    clearInterval(trickle)
    slow.forEach((talk) => talk.end())
  })

  /** Sends until the server has answered or hung up; answers what it said. */
  const pour = async (head: string[], chunk: Buffer, times: number) => {
    const talk = await greeted(port())
    for (const line of head) await talk.say(line)
    const socket = talk.socket()
    for (let sent = 0; sent < times && !socket.destroyed; sent++)
      if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close')])
    return talk
  }
  const spooled = () => readdirSync(join(home, 'mail', 'spool'), { recursive: true }).map(String)

  test('a command without an end is refused or cut off, and costs no memory', async () => {
    const before = memory()
    const talk = await pour([], Buffer.alloc(1024 * 1024, 'x'), 20)
    if (!talk.socket().destroyed) {
      talk.send('\r\n')
      expect(await talk.reply()).toMatch(/^(500|421|\(closed\))/)
    }
    talk.end()
    expect(memory() - before).toBeLessThan(80)
    await deliver('after the endless command')
  })

  test(`${megabytes} MB of DATA is read to its end, refused, and leaves nothing on disk or in memory`, async () => {
    const before = memory()
    const lines = Buffer.from(
      '0123456789012345678901234567890123456789012345678901234567890123456789\r\n'.repeat(14_563),
    )
    const head = ['MAIL FROM:<x@client.example>', 'RCPT TO:<bob@posthorn.test>', 'DATA']
    const talk = await pour(head, lines, megabytes)
    talk.send('\r\n.\r\n')
    expect(await talk.reply()).toMatch(/^552 5\.3\.4/)
    talk.end()
    expect(memory() - before).toBeLessThan(120)
    expect(spooled().filter((name) => name.startsWith('messages/'))).toEqual([])
    await deliver('after the flood')
  })
})

describe('a least pace', () => {
  let server: TestServer
  let later = 0
  const looks: (() => void)[] = []
  /** Connections are looked at when the test says so. */
  const clock: Clock = {
    now: () => realClock.now() + later,
    after: (ms, job) => {
      if (ms !== 10_000) return realClock.after(ms, job)
      looks.push(job)
      return () => undefined
    },
  }
  /** A spamd that takes its time. */
  const filter = createServer({ allowHalfOpen: true })
  beforeAll(async () => {
    await once(filter.listen(0, '127.0.0.1'), 'listening')
    const env = {
      POSTHORN_SPAM_FILTER: `spamd://127.0.0.1:${(filter.address() as AddressInfo).port}`,
      POSTHORN_SENDER_CHECKS: 'off',
      POSTHORN_XCLIENT_HOSTS: '127.0.0.1',
    }
    server = await startServer({ env, parts: { clock } })
  })
  afterAll(async () => {
    await server.stop()
    filter.close()
  })

  const inMessage = async (door: 'smtp' | 'submission' = 'smtp') => {
    const talk = await greeted(server.doors[door] as number)
    const token = Buffer.from(`\0alice@posthorn.test\0${password}`).toString('base64')
    if (door === 'submission') expect(await talk.say(`AUTH PLAIN ${token}`)).toMatch(/^235/)
    await talk.say(`MAIL FROM:<${door === 'submission' ? 'alice@posthorn.test' : 'x@client.example'}>`)
    await talk.say('RCPT TO:<bob@posthorn.test>')
    expect(await talk.say('DATA')).toMatch(/^354/)
    return talk
  }
  const write = (talk: Dialog, text: string) =>
    new Promise<void>((done) => talk.socket().write(text, () => done()))
  const rows = (bytes: number) => `${'x'.repeat(70)}\r\n`.repeat(bytes / 72)
  /** Somebody is answered before and after: what was sent until then has been read. */
  const passed = async (ms: number) => {
    ;(await greeted(server.doors.smtp as number)).end()
    later += ms
    for (const look of looks.splice(0)) look()
    ;(await greeted(server.doors.smtp as number)).end()
  }
  const queued = () => server.log.filter(({ event }) => event === 'queued').length

  test('who trickles is sent away after the deadline, who sends on is not (RFC 5321 section 4.5.3.2)', async () => {
    const before = queued()
    const [trickling, silent, steady] = [
      await inMessage(),
      await dialog(server.doors.smtp as number),
      await inMessage(),
    ]
    trickling.send('Subject: x')
    expect(await silent.reply()).toMatch(/^220/)
    silent.send('NOO')
    await write(steady, `Subject: steady\r\n\r\n${rows(288_000)}`)
    await passed(301_000)
    const tooSlow = '421 4.4.2 timeout exceeded: that was too slow'
    expect(await trickling.reply()).toBe(tooSlow)
    expect(await silent.reply()).toBe(tooSlow)
    await Promise.all([trickling.closed, silent.closed])
    expect(await steady.say('.')).toMatch(/^250/)
    steady.end()
    expect(queued()).toBe(before + 1)
  })

  test('five minutes of silence end a message, however much came before (RFC 5321 section 4.5.3.2.7)', async () => {
    const before = queued()
    const all = [await inMessage('smtp'), await inMessage('submission'), await inMessage('smtp')]
    const [stranger, user, talking] = all as [Dialog, Dialog, Dialog]
    // At the least pace these bytes would have thirteen minutes. So few stay in memory: no disk has a say in when they are read.
    for (const talk of all) await write(talk, `Subject: x\r\n\r\n${rows(248_400)}`)
    for (let looks = 0; looks < 3; looks++) await passed(0)
    const answers = Promise.all([stranger.reply(), user.reply()])
    const state = { answered: false }
    void answers.then(() => (state.answered = true))
    for (let spans = 0; !state.answered; spans++) {
      expect(spans, 'spans of five minutes').toBeLessThan(2)
      talking.send('still here\r\n')
      await passed(301_000)
    }
    const silence = '421 4.4.2 timeout exceeded: nothing came any more'
    expect(await answers).toEqual([silence, silence])
    await Promise.all([stranger.closed, user.closed])
    expect(await talking.say('.')).toMatch(/^250/)
    talking.end()
    expect(queued()).toBe(before + 1)
  })

  test('who waits for us, and not we for them, is not late (RFC 5321 section 4.5.3.2.6)', async () => {
    const talk = await greeted(server.doors.smtp as number)
    expect(await talk.say('XCLIENT ADDR=198.51.100.7')).toMatch(/^220/)
    await talk.say('EHLO client.example')
    await talk.say('MAIL FROM:<x@client.example>')
    await talk.say('RCPT TO:<bob@posthorn.test>')
    await talk.say('DATA')
    const asked = once(filter, 'connection') as Promise<[Socket]>
    talk.send('Subject: x\r\n\r\nx\r\n.\r\n')
    const [socket] = await asked
    await once(socket.resume(), 'end')
    await passed(301_000)
    await passed(301_000)
    socket.end('SPAMD/1.1 0 EX_OK\r\nSpam: False ; 0.1 / 5.0\r\n\r\n')
    expect(await talk.reply()).toMatch(/^250/)
    talk.end()
  })
})

describe('guessing passwords', () => {
  const waits = new Set(Array.from({ length: 7 }, (_, step) => 250 * 2 ** step))
  /** The waits of a throttled client pass at once; everything else keeps its time. */
  const hurried: Clock = {
    now: realClock.now,
    after: (ms, job) => realClock.after(waits.has(ms) ? 0 : ms, job),
  }

  test('slower with every try, then banned, in a line that fail2ban can match; the right one waits too', async () => {
    const server = await startServer({ parts: { clock: hurried } })
    const spellings = ['alice@posthorn.test', 'alice', '"alice"@posthorn.test', 'ALICE@posthorn.test']
    const guess = async (secret: string, at = 0) => {
      const talk = await greeted(server.doors.submission as number)
      const login = spellings[at % spellings.length]
      const token = Buffer.from(`\0${login}\0${secret}`).toString('base64')
      const said = await talk.say(`AUTH PLAIN ${token}`)
      talk.end()
      return said
    }
    for (let tries = 0; tries < 20; tries++)
      expect(await guess(`guess ${tries}`, tries + 1)).toMatch(/^535 5\.7\.8/)
    expect(await guess('correct horse')).toBe('421 4.7.0 too many failed sign-ins, try again later')
    const failed = server.log.filter(({ event }) => event === 'sign-in-failed')
    expect(failed.at(-1)).toMatchObject({ login: 'alice@posthorn.test', peer: '127.0.0.1', failures: 20 })
    expect(server.log.filter(({ event }) => event === 'sign-in-banned')).toHaveLength(1)
    expect(JSON.stringify(server.log)).not.toContain('guess 7')
    await server.stop()
  })
})

describe('backscatter', () => {
  test('mail for nobody is refused at RCPT, and a report that cannot be delivered ends (RFC 3464 section 2)', async () => {
    const server = await startServer({
      parts: { resolver: { mx: async () => [], addresses: async () => [], texts: async () => [] } },
    })
    const talk = await dialog(server.doors.smtp as number)
    await talk.reply()
    await talk.say('EHLO client.example')
    for (let user = 0; user < 20; user++) {
      await talk.say('MAIL FROM:<victim@client.example>')
      expect(await talk.say(`RCPT TO:<nobody${user}@posthorn.test>`)).toMatch(/^550 5\.1\.1/)
      await talk.say('RSET')
    }
    // No queue entry came of it, so nothing can bounce to the victim.
    expect(server.log.filter(({ event }) => event === 'queued')).toEqual([])
    talk.end()
    await server.stop()
  })
})
