// Ports and the greeting behind them.
import { createConnection, createServer } from 'node:net'
import type { Running } from './running'

// Below the range from which the kernel takes ports for outgoing connections: a port found free here is not
// taken by some test's client before its server opens it.
const LOWEST = 15_000
const SPAN = 15_000
const given = new Set<number>()

const isFree = (port: number) =>
  new Promise<boolean>((done) => {
    const probe = createServer()
    probe.once('error', () => done(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => done(true)))
  })

export const freePort = async (): Promise<number> => {
  for (let tries = 0; tries < 200; tries++) {
    const port = LOWEST + Math.floor(Math.random() * SPAN)
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
  throw new Error('no free port')
}

const doors = ['SMTP', 'SUBMISSION', 'SMTPS', 'IMAP', 'IMAPS', 'POP3', 'POP3S', 'WEB']
/** Settings with which every door of the whole program takes a port that is free. */
export const anyPorts = Object.fromEntries(doors.map((door) => [`POSTHORN_${door}_PORT`, '0']))

const firstWords = (port: number) =>
  new Promise<string | null>((done) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    const finish = (words: string | null) => {
      socket.destroy()
      done(words)
    }
    socket.setTimeout(5000, () => finish(null))
    socket.once('error', () => finish(null))
    socket.once('data', (bytes) => finish(bytes.toString('latin1')))
    socket.once('end', () => finish(null))
  })

const until = async (port: number, program: Running, answers: () => Promise<boolean>): Promise<void> => {
  const patience = Date.now() + 20_000
  let ended = false
  void program.exited.then(() => (ended = true))
  while (Date.now() < patience && !ended) {
    if (await answers()) return
    await new Promise((again) => setTimeout(again, 25))
  }
  throw new Error(`nobody answers on port ${port}\n${program.output()}`)
}

/** Waits until the server on this port greets; fails at once when the program behind it has ended. */
export const greets = (port: number, program: Running): Promise<void> =>
  until(port, program, async () => (await firstWords(port)) !== null)

/** The same for a server that waits to be spoken to. */
export const listens = (port: number, program: Running): Promise<void> =>
  until(port, program, () => accepts({ port, host: '127.0.0.1' }))

const accepts = (door: { path: string } | { port: number; host: string }) =>
  new Promise<boolean>((done) => {
    const socket = createConnection(door)
    socket.once('error', () => done(false))
    socket.once('connect', () => {
      socket.destroy()
      done(true)
    })
  })

/** Waits until nobody listens on a local socket: what a killed program started may outlive it by a moment. */
export const isLeft = async (path: string, within = 10_000): Promise<void> => {
  const patience = Date.now() + within
  while (await accepts({ path })) {
    if (Date.now() > patience) throw new Error(`somebody still listens on ${path}`)
    await new Promise((again) => setTimeout(again, 10))
  }
}
