// Mutated command streams (RFC 9051 section 2.2.1: BAD, and the connection lives): no error of ours is logged, and
// the server goes on answering. The seed is printed, so that a failure can be had again.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password, startServer, type TestServer } from '../server'
import { Wire } from '../conformance/wire'

const streams = 40
const commandsPerStream = 30
const seed = Date.now() % 0x7fffffff

let server: TestServer
beforeAll(async () => {
  server = await startServer('one for all')
})
afterAll(() => server.close(), 60_000)

const random = (() => {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state % below
  }
})()

const dialogs = fileURLToPath(new URL('../dialogs/', import.meta.url))
const commands = readdirSync(dialogs)
  .flatMap((name) => readFileSync(join(dialogs, name), 'latin1').split('\n'))
  .filter((line) => /^\d?> /.test(line))
  .map((line) =>
    line
      .replace(/^\d?> /, '')
      .replace(/\{\{(.*?)\}\}/g, (_all, text: string) => `{${text.length}+}\r\n${text}`),
  )

const pieces =
  '( ) " {5} {5+} {99999999999} \\ * % $ 1:* , <0.1> [ ] NIL 4294967295 4294967296 ~{3} \0 \xff UID NOT OR BODY['.split(
    ' ',
  )

const mutated = (command: string): string => {
  let text = command
  for (let round = random(4); round >= 0; round -= 1) {
    const at = random(text.length + 1)
    const piece = random(3) === 0 ? '' : (pieces[random(pieces.length)] as string)
    text = text.slice(0, at) + piece + text.slice(at + (piece === '' ? 1 : 0))
  }
  return text
}

/** A stream may end in the middle of a literal: then the answers simply stop. */
const drain = async (wire: Wire): Promise<void> => {
  wire.finish()
  while ((await wire.line()) !== null);
}

test(`${streams * commandsPerStream} mutated commands, seed ${seed}`, { timeout: 60_000 }, async () => {
  const user = await server.addUser()
  for (let stream = 0; stream < streams; stream += 1) {
    const wire = await Wire.open(server)
    wire.send(`a LOGIN ${user} ${password}\r\nb SELECT INBOX\r\n`)
    for (let count = 0; count < commandsPerStream; count += 1) {
      const command = mutated(commands[random(commands.length)] as string)
      if (!/STARTTLS|COMPRESS/i.test(command)) wire.send(`c${count} ${command}\r\n`)
    }
    await drain(wire)
    wire.close()
  }
  expect(server.errors).toEqual([])
  const after = await Wire.open(server)
  await after.line()
  expect((await after.command(`LOGIN ${user} ${password}`)).reply).toMatch(/^OK/)
  after.close()
})
