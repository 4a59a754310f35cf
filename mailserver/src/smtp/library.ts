// smtp-server does the dialogue; this file is the only one that reaches into it, for some things its hooks
// cannot do:
//  - A reply may carry its own enhanced status code (RFC 2034): `553 5.7.1 …`, `250 2.0.0 Ok: queued as …`.
//  - Clients of this machine, and of trusted networks, are greeted at once; strangers wait 100 ms, which shows
//    those who talk before the greeting (RFC 5321 section 4.3.1).
//  - A server that leaves takes the message that is being handed over, and sends everybody else away at once.
//  - A client has a deadline for each command and a least rate for each message, as Postfix has by
//    smtpd_per_request_deadline and smtpd_min_data_rate: the library's own timeout begins anew with every byte.
//  - One listening port serves loopback clients by other rules (`allowInsecureAuth` is per server instance).
import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js'
import type { Clock } from '../core/clock'

const ownCode = /^[245]\.\d{1,3}\.\d{1,3} /

/** RFC 5321 section 4.5.3.2 grants five minutes for most commands; a message gets more as it comes in. */
const deadline = 5 * 60_000
const leastBytesPerSecond = 500
const lookEvery = 10_000

class Connection extends SMTPConnection {
  greet: 'at once' | 'after a pause' = 'after a pause'
  private state: 'between messages' | 'in a message' | 'leaving after it' = 'between messages'
  /** Since our last reply. */
  private since = { at: 0, bytes: 0 }

  /** For as long as the connection lasts. */
  watchPace(clock: Clock): void {
    const begin = () => (this.since = { at: clock.now(), bytes: this._socket.bytesRead })
    const look = () => {
      if (this._socket.destroyed) return
      const bytes = this.state === 'between messages' ? 0 : this._socket.bytesRead - this.since.bytes
      const allowed = deadline + (bytes / leastBytesPerSecond) * 1000
      if (clock.now() - this.since.at > allowed) this.send(421, '4.4.2 timeout exceeded: that was too slow')
      else clock.after(lookEvery, look)
    }
    this.replied = begin
    begin()
    clock.after(lookEvery, look)
  }
  private replied: () => void = () => {}

  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    super.send(code, data, typeof data === 'string' && ownCode.test(data) ? false : context)
    this.replied()
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

  // RFC 5321 section 4.2.4: what is missing is a fault of syntax, not a mechanism that is not known.
  override handler_AUTH(command: Buffer, callback: () => void): void {
    if (/^\s*AUTH\s*$/i.test(command.toString())) {
      this.send(501, '5.5.4 Syntax: AUTH mechanism')
      return callback()
    }
    super.handler_AUTH(command, callback)
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
    private readonly clock: Clock,
  ) {
    super(options)
  }

  override close(callback: () => void): void {
    super.close(callback)
    leaveAll(this)
    if (this.also) leaveAll(this.also.server)
  }

  // Under TLS from the start the client is the one that a proxy named on the socket below.
  override _upgrade(socket: Socket, callback: Parameters<SMTPServer['_upgrade']>[1]): void {
    super._upgrade(socket, (error, tlsSocket) => {
      const { remoteAddress, remotePort } = socket
      if (tlsSocket && Object.hasOwn(socket, 'remoteAddress'))
        Object.defineProperties(tlsSocket, {
          remoteAddress: { value: remoteAddress },
          remotePort: { value: remotePort },
        })
      callback(error, tlsSocket)
    })
  }

  override connect(socket: Socket, options?: SocketOptions): void {
    // Over a unix socket a client has no address, but it is on this machine.
    if (socket.remoteAddress === undefined && !socket.destroyed)
      Object.defineProperties(socket, { remoteAddress: { value: '127.0.0.1' }, remotePort: { value: 0 } })
    const address = socket.remoteAddress ?? ''
    if (this.also?.chooses(address)) return this.also.server.connect(socket, options)
    const connection = new Connection(this, socket, options)
    if (this.trusted(address)) connection.greet = 'at once'
    connection.watchPace(this.clock)
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
  clock: Clock,
): DoorServer => new Door(options, trusted, clock)

/** An error whose text is the reply: `reply(553, '5.7.1 …')`. */
export const reply = (code: number, text: string): Error =>
  Object.assign(new Error(text), { responseCode: code })
