// The IMAP doors: 143, where STARTTLS comes before a password unless the client is on this machine, and 993.
import { mkdirSync, readdirSync, unlinkSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { createDoors, createSecure, type Watch, type Secure, type TlsSource } from '../core/doors'
import type { Log } from '../core/log'
import { isLoopback, plainAddress, type Networks } from '../core/network'
import type { Directory } from '../directory/contract'
import type { Store } from '../store/contract'
import { converse } from './connection'
import { capabilitiesOf } from './registry'
import { Session, type Surroundings } from './session'
import { Intake } from './wire/intake'
import { Outlet } from './wire/outlet'

export interface ImapParts {
  store: Store
  directory: Directory
  log: Log
  tls: TlsSource
  /** Where large APPENDs wait, on the store's file system. */
  folder: string
  /** Who begins each connection with the PROXY protocol. */
  proxies?: Networks
  watch?: Watch
  limits?: { message?: number; connections?: number }
}

export interface ImapPorts {
  imap: number
  imaps: number
}

export interface ImapServer {
  /** Opens the doors that are named; a port of 0 takes any free one. */
  listen(where: { host: string } & Partial<ImapPorts>): Promise<Partial<ImapPorts>>
  /** No new connections; those that stand get BYE. */
  close(): Promise<void>
}

type Door = keyof ImapPorts

/** RFC 9051 section 5.4: at least 30 minutes once signed in. */
const autologout = { 'before sign-in': 3 * 60_000, after: 31 * 60_000 } as const

export const createImapServer = (parts: ImapParts): ImapServer => {
  const { log, folder } = parts
  const live = new Map<Session, Socket>()
  const secure = createSecure(parts.tls)
  tidy(folder)

  const doors = createDoors<Door>(
    (socket, door) => {
      if (live.size >= (parts.limits?.connections ?? 10_000)) {
        socket.end('* BYE too many connections\r\n')
        return
      }
      void serve(parts, { socket, door, secure, live }).catch((error: unknown) => {
        log.error('imap-connection-failed', { error: String(error) })
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
      for (const [session, socket] of live) {
        session.bye('the server is shutting down')
        session.out.end()
        session.intake.stop()
        setTimeout(() => socket.destroy(), 500).unref()
      }
      await closed
    },
  }
}

interface Arrival {
  socket: Socket
  door: Door
  secure: Secure
  live: Map<Session, Socket>
}

const serve = async (parts: ImapParts, { socket, door, secure, live }: Arrival): Promise<void> => {
  const peer = plainAddress(socket.remoteAddress ?? '')
  const stream: Duplex = door === 'imaps' ? secure(socket) : socket
  const intake = new Intake(stream)
  const around: Surroundings = {
    store: parts.store,
    directory: parts.directory,
    log: parts.log,
    folder: parts.folder,
    limits: { message: parts.limits?.message ?? 52_428_800 },
    capabilities: capabilitiesOf,
    startTls: door === 'imaps' ? null : () => Promise.resolve(secure(socket)),
  }
  const line = door === 'imaps' ? 'encrypted' : isLoopback(peer) ? 'open' : 'exposed'
  const session = new Session(around, intake, new Outlet(stream), peer, line)
  live.set(session, socket)
  socket.setTimeout(autologout['before sign-in'], () => {
    if (session.state !== 'greeted' && socket.timeout !== autologout.after) {
      socket.setTimeout(autologout.after)
      return
    }
    session.bye('you were silent for too long')
    session.out.end()
    socket.destroySoon()
  })
  try {
    await converse(session)
  } finally {
    live.delete(session)
    session.out.end()
    session.close()
    // A client that never closes its side does not keep ours.
    setTimeout(() => socket.destroy(), 5000).unref()
  }
}

/** Literals of an earlier life of this process. */
const tidy = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(folder)) if (name.startsWith('literal-')) unlinkSync(join(folder, name))
}
