// Durable messages a second, and the time from 250 to the inbox. The load comes from Postfix's own smtp-source; a
// message counts when its file lies in the Maildir, on either side.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { createInterface } from 'node:readline'
import { Connection } from '../imap/client'
import type { Measured } from '../report'
import { startServers, users, type Server } from './servers'

export interface SmtpBench {
  messages: number
  rounds: number
  letters: number
}

interface Load {
  bytes: number
  connections: number
  messages: number
}

const loads = (messages: number): Load[] =>
  [1024, 51_200].flatMap((bytes) =>
    [1, 10, 50].map((connections) => ({
      bytes,
      connections,
      messages: connections === 1 ? messages / 4 : messages,
    })),
  )

const nameOf = ({ bytes, connections }: Load) =>
  `messages/s, ${bytes / 1024} KB, ${connections} connection${connections === 1 ? '' : 's'}`

const pour = async (port: number, load: { to: string; sessions: number; count: number; bytes: number }) => {
  const { to, sessions, count, bytes } = load
  const numbers = ['-s', String(sessions), '-m', String(count), '-l', String(bytes)]
  const names = ['-f', 'bench@client.example', '-t', to, '-M', 'client.example']
  const source = spawn('/usr/sbin/smtp-source', ['-d', ...numbers, ...names, `127.0.0.1:${port}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = (await once(source, 'exit')) as [number]
  if (code !== 0) throw new Error(`smtp-source ended with ${code}`)
}

const untilCount = async (server: Server, wanted: number) => {
  while (server.count() < wanted) await new Promise((done) => setTimeout(done, 5))
}

/** Spread over the users as mail is; connections beyond their number are shared. */
const rateOf = async (server: Server, { bytes, connections, messages }: Load): Promise<number> => {
  const sources = users.slice(0, Math.min(connections, users.length))
  const count = Math.floor(messages / sources.length)
  const before = server.count()
  const began = performance.now()
  await Promise.all(
    sources.map(({ address }) =>
      pour(server.smtp, { to: address, sessions: connections / sources.length, count, bytes }),
    ),
  )
  await untilCount(server, before + count * sources.length)
  return (count * sources.length * 1000) / (performance.now() - began)
}

/** One message by hand; resolves when 250 has come. */
const sendOne = async (port: number, to: string) => {
  const socket = createConnection({ port, host: '127.0.0.1' })
  socket.setNoDelay(true)
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  const reply = async () => {
    for (;;) {
      const { value } = await lines.next()
      if (typeof value !== 'string') throw new Error('the server hung up')
      if (value[3] === ' ') return
    }
  }
  await reply()
  for (const line of ['EHLO client.example', 'MAIL FROM:<bench@client.example>', `RCPT TO:<${to}>`, 'DATA']) {
    socket.write(`${line}\r\n`)
    await reply()
  }
  socket.write('Subject: how long\r\n\r\nhello\r\n.\r\n')
  await reply()
  socket.destroy()
}

const existsOf = async (imap: Connection, folder: string) =>
  Number(/MESSAGES (\d+)/.exec(await imap.ask(`STATUS ${folder} (MESSAGES)`))?.[1])

/** Asked again and again, so that no server's habit of telling later is measured. */
const latencyOf = async (server: Server): Promise<number> => {
  const [user] = users
  if (!user) throw new Error('no users')
  const imap = await Connection.open(server.imap)
  await imap.time(`LOGIN ${user.address} ${user.password}`)
  const before = await existsOf(imap, 'INBOX')
  await sendOne(server.smtp, user.address)
  const accepted = performance.now()
  while ((await existsOf(imap, 'INBOX')) === before);
  const took = performance.now() - accepted
  await imap.end()
  return took
}

export const benchSmtp = async (bench: SmtpBench): Promise<Record<string, Measured>> => {
  const { servers, stop } = await startServers()
  const measured = Object.fromEntries(servers.map(({ name }): [string, Measured] => [name, {}]))
  const add = ({ name }: Server, walk: string, value: number) =>
    ((measured[name] ??= {})[walk] ??= []).push(value)
  try {
    for (let round = 0; round <= bench.rounds; round++)
      for (const load of loads(bench.messages))
        for (const server of round % 2 ? servers.toReversed() : servers) {
          const rate = await rateOf(server, load)
          // The first round warms both sides and is not counted.
          if (round > 0) add(server, nameOf(load), rate)
        }
    for (let letter = 0; letter < bench.letters; letter++)
      for (const server of servers) add(server, 'from 250 to visible by IMAP, ms', await latencyOf(server))
    return measured
  } finally {
    await stop()
  }
}
