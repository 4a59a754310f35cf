// smtp-server does the dialogue; this file is the only one that reaches into it, for four things its hooks
// cannot do:
//  - A reply may carry its own enhanced status code (RFC 2034): `553 5.7.1 …`, `250 2.0.0 Ok: queued as …`.
//  - Clients of this machine, and of trusted networks, are greeted at once; strangers wait 100 ms, which shows
//    those who talk before the greeting (RFC 5321 section 4.3.1).
//  - A server that leaves takes the message that is being handed over, and sends everybody else away at once.
//  - One listening port serves loopback clients by other rules (`allowInsecureAuth` is per server instance).
import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js'

const ownCode = /^[245]\.\d{1,3}\.\d{1,3} /

class Connection extends SMTPConnection {
  greet: 'at once' | 'after a pause' = 'after a pause'
  private state: 'between messages' | 'in a message' | 'leaving after it' = 'between messages'

  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    super.send(code, data, typeof data === 'string' && ownCode.test(data) ? false : context)
    if (code === 354) this.state = 'in a message'
    else if (this.state === 'in a message') this.state = 'between messages'
    // LMTP answers once per recipient (RFC 2033 section 4.2), all in this turn.
    else if (this.state === 'leaving after it') {
      this.state = 'between messages'
      setImmediate(() => this.leave())
    }
  }

  /** RFC 5321 section 3.8: 421, once nothing is half taken. */
  leave(): void {
    if (this.state === 'between messages') this.send(421, '4.3.2 server shutting down')
    else this.state = 'leaving after it'
  }

  override init(): void {
    if (this.greet === 'after a pause') return super.init()
    this._setListeners(() => {
      const { maxClients } = this._server.options
      if (maxClients && this._server.connections.size > maxClients) {
        return this.send(421, `4.7.0 ${this.name} too many connections, try again in a moment`)
      }
      this.connectionReady()
    })
  }
}

type SocketOptions = ConstructorParameters<typeof SMTPConnection>[2]

export interface DoorServer extends SMTPServer {
  /** Another instance that serves the clients `chooses` picks, over this one's port. */
  also?: { server: DoorServer; chooses: (address: string) => boolean }
}

class Door extends SMTPServer implements DoorServer {
  also?: { server: DoorServer; chooses: (address: string) => boolean }

  constructor(
    options: SMTPServerOptions,
    private readonly trusted: (address: string) => boolean,
  ) {
    super(options)
  }

  override close(callback: () => void): void {
    super.close(callback)
    leaveAll(this)
    if (this.also) leaveAll(this.also.server)
  }

  override connect(socket: Socket, options?: SocketOptions): void {
    // Over a unix socket a client has no address, but it is on this machine.
    if (socket.remoteAddress === undefined && !socket.destroyed)
      Object.defineProperties(socket, { remoteAddress: { value: '127.0.0.1' }, remotePort: { value: 0 } })
    const address = socket.remoteAddress ?? ''
    if (this.also?.chooses(address)) return this.also.server.connect(socket, options)
    const connection = new Connection(this, socket, options)
    if (this.trusted(address)) connection.greet = 'at once'
    this.connections.add(connection)
    connection.on('error', (error: Error) => this.emit('error', error))
    connection.on('connect', (data: unknown) => this.emit('connect', data))
    connection.init()
  }
}

const leaveAll = (server: SMTPServer): void => {
  for (const connection of server.connections) if (connection instanceof Connection) connection.leave()
}

export const createDoorServer = (
  options: SMTPServerOptions,
  trusted: (address: string) => boolean,
): DoorServer => new Door(options, trusted)

/** An error whose text is the reply: `reply(553, '5.7.1 …')`. */
export const reply = (code: number, text: string): Error =>
  Object.assign(new Error(text), { responseCode: code })
