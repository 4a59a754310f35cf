// The POP3 doors: 110, where STLS comes before a password unless the client is on this machine, and 995.
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createDoors, createSecure, type Watch, type Secure, type TlsSource } from '../core/doors'
import type { Log } from '../core/log'
import { isLoopback, plainAddress, type Networks } from '../core/network'
import type { Directory } from '../directory/contract'
import type { Store } from '../store/contract'
import { converse } from './connection'
import { Lines } from './lines'
import { Locks } from './maildrop'
import { Session } from './session'

export interface Pop3Parts {
  store: Store
  directory: Directory
  log: Log
  tls: TlsSource
  /** Who begins each connection with the PROXY protocol. */
  proxies?: Networks
  watch?: Watch
  limits?: { connections?: number }
}

export interface Pop3Ports {
  pop3: number
  pop3s: number
}

export interface Pop3Server {
  /** Opens the doors that are named; a port of 0 takes any free one. */
  listen(where: { host: string } & Partial<Pop3Ports>): Promise<Partial<Pop3Ports>>
  close(): Promise<void>
}

type Door = keyof Pop3Ports

/** RFC 1939 section 3: at least ten minutes. */
const autologout = 10 * 60_000
const longestAnswer = 12_288

export const createPop3Server = (parts: Pop3Parts): Pop3Server => {
  const { log } = parts
  const live = new Set<Socket>()
  const house: House = { parts, locks: new Locks(), secure: createSecure(parts.tls) }
  const doors = createDoors<Door>(
    (socket, door) => {
      if (live.size >= (parts.limits?.connections ?? 2000)) {
        socket.end('-ERR [SYS/TEMP] too many connections\r\n')
        return
      }
      live.add(socket)
      socket.once('close', () => live.delete(socket))
      socket.setTimeout(autologout, () => socket.destroy())
      void serve(house, socket, door).catch((error: unknown) => {
        log.error('pop3-connection-failed', { error: String(error) })
        socket.destroy()
      })
    },
    parts.proxies,
    parts.watch,
  )
  return {
    listen: ({ host, ...ports }) => doors.open(host, ports),
    close: async () => {
      const closed = doors.close()
      // What was marked stays: without QUIT nothing is deleted.
      for (const socket of live) socket.destroy()
      await closed
    },
  }
}

interface House {
  parts: Pop3Parts
  locks: Locks
  secure: Secure
}

const serve = async ({ parts, locks, secure }: House, socket: Socket, door: Door): Promise<void> => {
  let stream: Duplex = door === 'pop3s' ? secure(socket) : socket
  const lines = new Lines(stream)
  const ask = async (prompt: string): Promise<string | null> => {
    stream.write(`+ ${prompt}\r\n`)
    const line = await lines.next(longestAnswer)
    return line.kind === 'line' ? line.text : null
  }
  const startTls = door === 'pop3s' ? null : () => (stream = secure(socket))
  const { store, directory, log } = parts
  const peer = plainAddress(socket.remoteAddress ?? '')
  const safety = door === 'pop3s' ? 'encrypted' : isLoopback(peer) ? 'open' : 'exposed'
  const session = new Session({ store, directory, log, locks, startTls }, lines, ask, peer, safety)
  try {
    await converse(session, { out: () => stream })
  } finally {
    session.close()
    stream.end()
    // A client that never closes its side does not keep ours.
    setTimeout(() => socket.destroy(), 2000).unref()
  }
}
