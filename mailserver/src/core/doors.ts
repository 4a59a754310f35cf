// Listening for the protocols whose connections are plain sockets: IMAP and POP3, in the clear or under TLS.
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { Networks } from './network'
import { behindProxies } from './proxy-protocol'
import type { KeyPair } from './tls'

/** Key and certificate in PEM; `onChange` when they are renewed while we run. */
export interface TlsSource {
  current(): KeyPair
  onChange?(listener: (pair: KeyPair) => void): void
}

export type Secure = (socket: Socket) => TLSSocket

/** Puts the server's side of TLS on a socket; a renewed certificate holds from the next connection on. */
export const createSecure = (tls: TlsSource): Secure => {
  let context = createSecureContext(tls.current())
  tls.onChange?.((pair) => (context = createSecureContext(pair)))
  return (socket) => {
    const layer = new TLSSocket(socket, { isServer: true, secureContext: context })
    layer.on('error', () => socket.destroy())
    return layer
  }
}

export type DoorPorts<Door extends string> = Partial<Record<Door, number>>

export interface Doors<Door extends string> {
  /** Opens the doors that are named; a port of 0 takes any free one. */
  open(host: string, wanted: DoorPorts<Door>): Promise<DoorPorts<Door>>
  /** No new connections; resolves when those that stand are gone, which is the caller's to bring about. */
  close(): Promise<void>
}

/** Sees each door that is opened. */
export type Watch = (door: string, server: Server) => void

export const createDoors = <Door extends string>(
  receive: (socket: Socket, door: Door) => void,
  proxies: Networks | null = null,
  watch: Watch = () => {},
): Doors<Door> => {
  const servers: Server[] = []
  const openOne = async (door: Door, host: string, port: number): Promise<number> => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.setNoDelay(true)
      receive(socket, door)
    })
    if (proxies) behindProxies(server, proxies)
    watch(door, server)
    await new Promise<void>((done, fail) => {
      server.once('error', fail)
      server.listen(port, host, done)
    })
    servers.push(server)
    return (server.address() as AddressInfo).port
  }
  return {
    open: async (host, wanted) => {
      const opened: DoorPorts<Door> = {}
      for (const door of Object.keys(wanted) as Door[]) {
        const port = wanted[door]
        if (port !== undefined) opened[door] = await openOne(door, host, port)
      }
      return opened
    },
    close: async () => {
      await Promise.all(servers.map((server) => new Promise<void>((done) => server.close(() => done()))))
    },
  }
}
