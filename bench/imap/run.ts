// The bundled server beside Debian's Dovecot on the same Maildirs, one round of each in turn, so that whatever else
// the machine does falls on both.
import type { Measured } from '../report'
import type { Connection } from './client'
import { settledMemory } from './memory'
import { idlers, reader, startServers, type Server } from './servers'
import { coldWalk, signIn, walk, type Place } from './walks'

export interface ImapBench {
  messages: number
  rounds: number
  coldRounds: number
  memoryRounds: number
  idle: number
}

const gather = (into: Measured, more: Measured) => {
  for (const [name, values] of Object.entries(more)) (into[name] ??= []).push(...values)
}

const placeOf = ({ port }: Server, { messages }: ImapBench): Place => ({ port, user: reader, messages })

/** As many as a mail program asks for in a morning. */
const morning = 2_000

/**
 * Both have read the files, ours has indexed the words, and both have been at work for a while, before a round counts: a
 * server runs for weeks, and in its first hundred commands ours has not yet compiled what they do.
 */
const warm = async (server: Server, bench: ImapBench) => {
  const connection = await signIn(placeOf(server, bench))
  const began = performance.now()
  await connection.time('SELECT INBOX')
  const selected = performance.now()
  await connection.time('SEARCH TEXT nothing-has-this')
  await connection.time('FETCH 1:* (ENVELOPE BODYSTRUCTURE RFC822.SIZE)')
  const read = performance.now()
  for (let n = 0; n < morning; n++) await connection.time(`FETCH ${1 + (n % bench.messages)} (BODY.PEEK[])`)
  const [first, rest] = [selected - began, read - selected].map((took) => (took / 1000).toFixed(1))
  console.log(`${server.name}: first SELECT ${first} s, first SEARCH TEXT and FETCH ${rest} s`)
  await connection.end()
  for (const user of idlers) {
    const idler = await signIn({ port: server.port, user })
    await idler.time('SELECT INBOX')
    await idler.time('SEARCH TEXT nothing-has-this')
    await idler.end()
  }
}

const idleConnections = async (server: Server, count: number): Promise<Connection[]> => {
  const connections: Connection[] = []
  for (let n = 0; n < count; n++) {
    const connection = await signIn({ port: server.port, user: idlers[n % idlers.length] ?? reader })
    await connection.time('SELECT INBOX')
    await connection.begin('IDLE')
    connections.push(connection)
  }
  return connections
}

/**
 * Megabytes that a connection more takes, in a process that has just started and has answered every user before: what an
 * older one has free already would hide it.
 */
const idleMemory = async (server: Server, bench: ImapBench): Promise<Measured> => {
  await server.restart()
  const first = await idleConnections(server, 5 * idlers.length)
  const before = await settledMemory(server.pid())
  const others = await idleConnections(server, bench.idle)
  const took = (await settledMemory(server.pid())) - before
  await Promise.all([...first, ...others].map((connection) => connection.end()))
  return { 'memory of an idle connection, MB': [took / bench.idle] }
}

export const benchImap = async (bench: ImapBench): Promise<Record<string, Measured>> => {
  const { servers, stop } = await startServers(bench.messages)
  const measured = Object.fromEntries(servers.map(({ name }): [string, Measured] => [name, {}]))
  const of = ({ name }: Server) => measured[name] ?? {}
  try {
    for (const server of servers) await warm(server, bench)
    for (let round = 0; round <= bench.rounds; round++)
      for (const server of round % 2 ? servers.toReversed() : servers) {
        const times = await walk(placeOf(server, bench), round)
        // The first round warms caches on both sides and is not counted.
        if (round > 0) gather(of(server), times)
      }
    for (let round = 0; round < bench.coldRounds; round++)
      for (const server of servers) {
        await server.restart()
        gather(of(server), await coldWalk(placeOf(server, bench)))
      }
    for (let round = 0; round < bench.memoryRounds; round++)
      for (const server of servers) gather(of(server), await idleMemory(server, bench))
    return measured
  } finally {
    await stop()
  }
}
