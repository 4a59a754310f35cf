// Questions to the administrator. On a terminal they are asked, a secret without showing it; from a pipe or a
// script the answers are lines of standard input, in the order of the questions.
import { createInterface, type Interface } from 'node:readline'
import { Writable } from 'node:stream'
import { Failure } from '../core/errors'

const shortest = 8

export interface Asker {
  /** Is there somebody to ask? */
  terminal: boolean
  ask(question: string, otherwise: string): Promise<string>
  secret(question: string): Promise<string>
  close(): void
}

/** Shows what is typed only while nothing secret is. */
const createScreen = () => {
  let hidden = false
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      if (!hidden) process.stderr.write(chunk)
      done()
    },
  })
  return { stream, hide: () => (hidden = true), show: () => (hidden = false) }
}

/** Lines that came before they were asked for wait here; the end of the input answers every later question. */
const createLines = (reader: Interface) => {
  const waiting: string[] = []
  const asked: ((line: string | null) => void)[] = []
  let ended = false
  reader.on('line', (line) => {
    const answer = asked.shift()
    if (answer) answer(line)
    else waiting.push(line)
  })
  reader.once('close', () => {
    ended = true
    for (const answer of asked.splice(0)) answer(null)
  })
  return () =>
    new Promise<string | null>((done) => {
      const line = waiting.shift()
      if (line !== undefined) done(line)
      else if (ended) done(null)
      else asked.push(done)
    })
}

export const openAsker = (): Asker => {
  const terminal = process.stdin.isTTY === true
  const screen = createScreen()
  const reader = createInterface({ input: process.stdin, output: screen.stream, terminal })
  const next = createLines(reader)
  const say = (text: string) => {
    if (terminal) process.stderr.write(text)
  }
  return {
    terminal,
    ask: async (question, otherwise) => {
      say(`${question}${otherwise ? ` [${otherwise}]` : ''}: `)
      return (await next())?.trim() || otherwise
    },
    secret: async (question) => {
      say(`${question}: `)
      screen.hide()
      const line = await next()
      screen.show()
      say('\n')
      if (line === null) throw new Failure('weak-password', `${question}: nothing on standard input`)
      return line
    },
    close: () => reader.close(),
  }
}

export const longEnough = (password: string): string => {
  if (password.length >= shortest) return password
  throw new Failure('weak-password', `a password has at least ${shortest} characters`)
}

/** From standard input: an argument would be seen in the list of processes. */
export const askPassword = async (): Promise<string> => {
  const asker = openAsker()
  try {
    return longEnough(await asker.secret('Password'))
  } finally {
    asker.close()
  }
}
