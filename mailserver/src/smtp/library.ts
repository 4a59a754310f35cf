// smtp-server does the dialogue; this file is the only one that reaches into it, for some things its hooks
// cannot do:
//  - A reply may carry its own enhanced status code (RFC 2034): `553 5.7.1 …`, `250 2.0.0 Ok: queued as …`.
//  - Clients of this machine, and of trusted networks, are greeted at once; strangers wait a little, which shows
//    those who talk before the greeting (RFC 5321 section 4.3.1).
//  - A server that leaves takes the message that is being handed over, and sends everybody else away at once.
//  - A client has a deadline for each command and a least rate for each message, as Postfix has by
//    smtpd_per_request_deadline and smtpd_min_data_rate: the library's own timeout begins anew with every byte. Silence has
//    the same deadline, by the same clock. Nobody is sent away who waits for us.
//  - Whom XCLIENT names may come or not, as who connects: the library asks once a connection.
//  - LMTP answers once for each RCPT it granted, for one that was given twice too (RFC 2033 section 4.2).
//  - RSET, DATA and QUIT with words behind them are refused (RFC 5321 section 4.1.1).
//  - One listening port serves loopback clients by other rules (`allowInsecureAuth` is per server instance).
import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js'
import type { Clock } from '../core/clock'

const ownCode = /^[245]\.\d{1,3}\.\d{1,3} /

/** RFC 5321 section 4.5.3.2 grants five minutes for most commands, and for silence; a message gets more as it comes in. */
export const deadline = 5 * 60_000
const leastBytesPerSecond = 500
const lookEvery = 10_000
const pause = 100

// What the library says of its own accord, by code and words, with the status that its table has no word for.
const better: readonly (readonly [code: number, words: string, status: string])[] = [
  [421, 'shutting down', '4.3.2'],
  [421, 'Timeout', '4.4.2'],
  [421, '', '4.7.0'],
  // RFC 4954 section 4: what cannot be decoded. Of an exchange that was taken back it says nothing; Postfix has 5.7.0.
  [501, 'invalid userdata', '5.5.2'],
  [501, 'missing username', '5.5.2'],
  [501, 'aborted', '5.7.0'],
  // RFC 4954 section 6
  [538, '', '5.7.11'],
]

const statusOf = (code: number, text: string): string | undefined =>
  better.find(([ofCode, words]) => ofCode === code && text.includes(words))?.[2]

class Connection extends SMTPConnection {
  greet: 'at once' | 'after a pause' = 'after a pause'
  private state: 'between messages' | 'in a message' | 'leaving after it' = 'between messages'
  /** Since our last reply. */
  private since = { at: 0, bytes: 0 }
  /** As it was when it last was another. */
  private heard = { at: 0, bytes: 0 }

  /** For as long as the connection lasts. */
  watchPace(clock: Clock): void {
    const begin = () => (this.since = this.heard = { at: clock.now(), bytes: this._socket.bytesRead })
    let looked = clock.now()
    const look = () => {
      if (this._socket.destroyed) return
      const now = clock.now()
      if (this.isWaitingForUs()) this.excuse(now, now - looked)
      looked = now
      const late = this.lateness(now)
      if (late) this.send(421, late)
      else clock.after(lookEvery, look)
    }
    this.replied = begin
    begin()
    clock.after(lookEvery, look)
  }
  private replied: () => void = () => {}

  // RFC 5321 section 4.5.3.2.6: for the reply to its message a client waits ten minutes; sent away, it brings it again.
  private isWaitingForUs(): boolean {
    if (this._handlerPending) return true
    if (!this._dataStream || !this._parser) return false
    // We have the whole message, or more of it than we could write by now.
    return !this._parser._dataMode || this._parser.writableNeedDrain
  }

  /** This time was ours. */
  private excuse(now: number, span: number): void {
    this.since = { ...this.since, at: Math.min(now, this.since.at + span) }
    this.heard = { at: now, bytes: this._socket.bytesRead }
  }

  private lateness(now: number): string | null {
    const { bytesRead } = this._socket
    if (bytesRead !== this.heard.bytes) this.heard = { at: now, bytes: bytesRead }
    const bytes = this.state === 'between messages' ? 0 : bytesRead - this.since.bytes
    const allowed = deadline + (bytes / leastBytesPerSecond) * 1000
    if (now - this.since.at > allowed) return '4.4.2 timeout exceeded: that was too slow'
    return now - this.heard.at > deadline ? '4.4.2 timeout exceeded: nothing came any more' : null
  }

  /** RCPT commands of this message that were answered with 250; the envelope names each recipient once. */
  private granted = 0

  private sendOnce(code: number, data?: string | string[] | null, context?: string | false): void {
    if (typeof data !== 'string') return super.send(code, data, context)
    if (ownCode.test(data)) return super.send(code, data, false)
    const status = code < 400 ? undefined : statusOf(code, data)
    if (status) super.send(code, `${status} ${data}`, false)
    else super.send(code, data, context)
  }

  /** Replies that RFC 2033 section 4.2 wants at the end of a message beyond the library's. */
  private owed(code: number): number {
    const answersData = this.state !== 'between messages' && code !== 354 && code !== 421
    if (!answersData || !this._server.options.lmtp) return 0
    return this.granted - this.session.envelope.rcptTo.length
  }

  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    for (let left = this.owed(code); left > 0; left--) this.sendOnce(code, data, context)
    this.sendOnce(code, data, context)
    if (context === 'MAIL_FROM_OK') this.granted = 0
    if (context === 'RCPT_TO_OK') this.granted += 1
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

  /** By XCLIENT, if at all. */
  private named: unknown

  override _sendGreeting(): void {
    const before = this.named
    this.named = this._xClient.get('ADDR')
    if (!this.named || this.named === before) return super._sendGreeting()
    this._server.onConnect(this.session, (error) => {
      if (error) this._refuse(error)
      else super._sendGreeting()
    })
  }

  // RFC 5321 section 4.2.4: what is missing is a fault of syntax, not a mechanism that is not known.
  override handler_AUTH(command: Buffer, callback: () => void): void {
    if (/^\s*AUTH\s*$/i.test(command.toString())) {
      this.send(501, '5.5.4 Syntax: AUTH mechanism')
      return callback()
    }
    super.handler_AUTH(command, callback)
  }

  override handler_RCPT(command: Buffer, callback: () => void): void {
    const { maxRecipients } = this._server.options
    if (maxRecipients && this.session.envelope.mailFrom && this.granted >= maxRecipients) {
      this.send(452, '4.5.3 too many recipients')
      return callback()
    }
    super.handler_RCPT(command, callback)
  }

  private isAlone(command: Buffer): boolean {
    const [verb, ...words] = command.toString().trim().split(/\s+/, 2)
    if (words.length === 0) return true
    this.send(501, `5.5.4 Syntax: ${verb?.toUpperCase()}`)
    return false
  }

  override handler_RSET(command: Buffer, callback: () => void): void {
    if (this.isAlone(command)) super.handler_RSET(command, callback)
    else callback()
  }

  override handler_DATA(command: Buffer, callback: () => void): void {
    if (this.isAlone(command)) super.handler_DATA(command, callback)
    else callback()
  }

  override handler_QUIT(command: Buffer, callback: () => void): void {
    if (this.isAlone(command)) super.handler_QUIT(command, callback)
    else callback()
  }

  override init(): void {
    this._setListeners(() => {
      const { maxClients } = this._server.options
      if (maxClients && this._server.connections.size > maxClients) {
        return this.send(421, `4.7.0 ${this.name} too many connections, try again in a moment`)
      }
      if (this.greet === 'at once') this.connectionReady()
      else setTimeout(() => this.connectionReady(), pause).unref()
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
