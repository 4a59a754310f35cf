// Mutated command streams (RFC 9051 section 2.2.1: BAD, and the connection lives): no error of ours is logged, nothing
// is left unhandled, memory stays, and the server goes on answering. The seed is printed, so that a failure can be had
// again. POSTHORN_FUZZ_STREAMS and POSTHORN_FUZZ_SEED: how many (100,000 in `npm run test:long -- command-fuzz`), which.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialogFiles, dialogFolder } from '../conformance/dialog'
import { large, messages } from '../conformance/messages'
import { Wire } from '../conformance/wire'
import { password, startServer, type TestServer } from '../server'

const streams = Number(process.env.POSTHORN_FUZZ_STREAMS ?? 150)
const seed = Number(process.env.POSTHORN_FUZZ_SEED ?? Date.now() % 0x7fffffff)
const commandsPerStream = 6
const streamsPerUser = 40
const atOnce = 6
const mostGrowth = 600 * 1024 * 1024

let server: TestServer
const unhandled: unknown[] = []
const keep = (reason: unknown) => unhandled.push(reason)
beforeAll(async () => {
  process.on('unhandledRejection', keep)
  server = await startServer('one for all')
})
afterAll(async () => {
  process.off('unhandledRejection', keep)
  await server.close()
}, 60_000)

type Random = (below: number) => number

/** A sequence of its own for each stream: one of them can be had again alone. */
const randomOf = (stream: number): Random => {
  let state = (seed ^ Math.imul(stream + 1, 0x9e3779b1)) >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const filled = (line: string): string =>
  line
    .replace(/^\d?> /, '')
    .replace(/\{\{(.*?)\}\}/g, (_all, text: string) => `{${text.length}+}\r\n${text}`)
    .replace(/\b[A-Z]{4,}\b/g, (word) => large[word]?.slice(0, 3000) ?? word)

const commands = dialogFiles
  .flatMap((name) => readFileSync(join(dialogFolder, name), 'latin1').split('\n'))
  .filter((line) => /^\d?> /.test(line))
  .map(filled)

const pieces =
  '( ) " {5} {5+} {0} {99999999999} \\ * % $ 1:* , : <0.1> <99.1> [ ] NIL 0 4294967295 4294967296 18446744073709551616 ~{3} \0 \xff \r \n \r\n UID NOT OR BODY[ BODY.PEEK[1.MIME] BINARY[1] RETURN (SAVE) {3}\r\nabc'.split(
    ' ',
  )

const pick = <T>(random: Random, from: readonly T[]): T => from[random(from.length)] as T

const mutations: ((text: string, random: Random) => string)[] = [
  (text, random) => text.slice(0, random(text.length + 1)),
  (text, random) => {
    const at = random(text.length + 1)
    return text.slice(0, at) + pick(random, pieces) + text.slice(at)
  },
  (text, random) => {
    const at = random(text.length + 1)
    return text.slice(0, at) + text.slice(at + 1 + random(4))
  },
  (text, random) => {
    const at = random(text.length + 1)
    return text.slice(0, at) + String.fromCharCode(random(256)) + text.slice(at + 1)
  },
  (text, random) => {
    const [at, length] = [random(text.length + 1), random(12)]
    return text.slice(0, at) + text.slice(at, at + length).repeat(1 + random(40)) + text.slice(at)
  },
  (text, random) => text.slice(0, random(text.length + 1)) + pick(random, commands).slice(random(8)),
  (text) => text,
]

const mutated = (random: Random): string => {
  let text = pick(random, commands)
  for (let round = random(4); round >= 0; round -= 1) text = pick(random, mutations)(text, random)
  // What changes the wire itself (TLS, DEFLATE) would end the stream for this client.
  return /STARTTLS|COMPRESS/i.test(text) ? 'NOOP' : text
}

const userWithMail = async (): Promise<string> => {
  const user = await server.addUser()
  const mail = server.store.open(user)
  const inbox = mail.mailbox('INBOX')?.id ?? 0
  await mail.append(
    inbox,
    ['plain', 'multipart', 'nested', 'html'].map((name) => ({ source: Buffer.from(messages[name] ?? '') })),
  )
  server.store.release(mail)
  return user
}

const play = async (stream: number, user: string): Promise<void> => {
  const random = randomOf(stream)
  const wire = await Wire.open(server)
  try {
    wire.send(`a LOGIN ${user} ${password}\r\nb SELECT INBOX\r\n`)
    for (let count = 0; count < commandsPerStream; count += 1) wire.send(`c${count} ${mutated(random)}\r\n`)
    // A stream may end in the middle of a literal: then the answers simply stop.
    wire.finish()
    while ((await wire.line()) !== null);
  } catch (error) {
    throw new Error(`stream ${stream} of seed ${seed}: ${String(error)}`, { cause: error })
  } finally {
    wire.close()
  }
}

test(`${streams} mutated command streams, seed ${seed}`, { timeout: 10_800_000 }, async () => {
  let settled = 0
  for (let from = 0; from < streams; from += streamsPerUser) {
    const user = await userWithMail()
    const until = Math.min(streams, from + streamsPerUser)
    let next = from
    const worker = async () => {
      while (next < until) await play(next++, user)
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    if (server.errors.length > 0)
      throw new Error(`seed ${seed}, streams ${from} to ${until}: ${server.errors.join('\n').slice(0, 4000)}`)
    expect(unhandled).toEqual([])
    if (settled === 0 && from >= streams / 5) settled = process.memoryUsage().rss
  }
  expect(process.memoryUsage().rss - settled).toBeLessThan(mostGrowth)
  const after = await Wire.open(server)
  await after.line()
  expect((await after.command(`LOGIN ${await server.addUser()} ${password}`)).reply).toMatch(/^OK/)
  after.close()
})
