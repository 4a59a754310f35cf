// Connections to other servers: opened with TLS where it is offered, kept for the next message, closed when idle.
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { SMTPEnvelope } from 'nodemailer/lib/smtp-connection'
import type { Readable } from 'node:stream'
import { isIP } from 'node:net'
import type { NextHop } from './mx'

export type TlsWish = 'none' | 'when offered' | 'required' | 'verified'

export interface CarrierOptions {
  name: string
  tls: TlsWish
  auth?: { user: string; pass: string }
}

export interface SendResult {
  accepted: string[]
  rejected: Map<string, string>
  response: string
}

/** What went wrong, with the server's own words where it spoke. */
export class CarrierError extends Error {
  constructor(
    message: string,
    /** The SMTP reply, or null when there was none: then another host may be tried. */
    readonly reply: string | null,
    readonly stage: 'connect' | 'tls' | 'sign-in' | 'send',
    readonly rejected: Map<string, string> = new Map(),
  ) {
    super(message)
  }
}

interface Trouble extends Error {
  response?: string
  code?: string
  rejectedErrors?: (Error & { recipient?: string; response?: string })[]
}

const oneLine = (text: string): string => text.replace(/\r?\n\d{3}[ -]?/g, ' ').replace(/[\r\n]+/g, ' ')

const repliesOf = (errors: Trouble['rejectedErrors']): Map<string, string> =>
  new Map((errors ?? []).map((error) => [error.recipient ?? '', oneLine(error.response ?? error.message)]))

const asError = (error: Trouble, stage: CarrierError['stage']): CarrierError => {
  const failedTls = error.code === 'ETLS' || /TLS|SSL|certificate/i.test(error.code ?? '')
  const reply = error.response ? oneLine(error.response) : null
  return new CarrierError(error.message, reply, failedTls ? 'tls' : stage, repliesOf(error.rejectedErrors))
}

const idleFor = 5000
const mostIdlePerHop = 2
const mostMessages = 100

export interface Carrier {
  send(
    hop: NextHop,
    options: CarrierOptions,
    mail: { envelope: SMTPEnvelope; body: () => Readable },
  ): Promise<SendResult>
  close(): void
}

interface Kept {
  connection: SMTPConnection
  sent: number
  timer?: NodeJS.Timeout
}

const tlsOptions = ({ host }: NextHop, wish: TlsWish) => ({
  ignoreTLS: wish === 'none',
  requireTLS: wish === 'required' || wish === 'verified',
  // RFC 7435: without a promise from the domain, any TLS is better than none, whoever signed the certificate.
  tls: { rejectUnauthorized: wish === 'verified', ...(isIP(host) ? {} : { servername: host }) },
})

/** A handshake that fails carries the code of its socket: where it was says what it was. */
const stageOf = (connection: SMTPConnection): 'tls' | 'connect' =>
  (connection as unknown as { upgrading?: boolean }).upgrading ? 'tls' : 'connect'

const open = async (hop: NextHop, options: CarrierOptions): Promise<SMTPConnection> => {
  const connection = new SMTPConnection({
    host: hop.address,
    port: hop.port,
    secure: hop.port === 465,
    name: options.name,
    connectionTimeout: 30_000,
    greetingTimeout: 60_000,
    socketTimeout: 300_000,
    allowInternalNetworkInterfaces: true,
    ...tlsOptions(hop, options.tls),
  })
  await new Promise<void>((done, fail) => {
    const broke = (error: Trouble) => fail(asError(error, stageOf(connection)))
    connection.once('error', broke)
    connection.connect((error?: Trouble | null) => (error ? broke(error) : done()))
  })
  // A later break (the peer hangs up while idle) is seen by the next command; it must not be unhandled.
  connection.on('error', () => {})
  const { auth } = options
  if (auth) {
    await new Promise<void>((done, fail) =>
      connection.login({ ...auth, credentials: auth }, (error) =>
        error ? fail(asError(error as Trouble, 'sign-in')) : done(),
      ),
    ).catch((error: unknown) => {
      connection.close()
      throw error
    })
  }
  return connection
}

const transmit = (connection: SMTPConnection, envelope: SMTPEnvelope, body: Readable): Promise<SendResult> =>
  new Promise((done, fail) => {
    const broke = (error: Trouble) => fail(asError(error, 'send'))
    connection.once('error', broke)
    connection.send(envelope, body, (error, info) => {
      connection.off('error', broke)
      if (error || !info) return fail(asError((error ?? new Error('no answer')) as Trouble, 'send'))
      done({
        accepted: info.accepted,
        rejected: repliesOf(info.rejectedErrors as Trouble['rejectedErrors']),
        response: oneLine(info.response),
      })
    })
  })

export const createCarrier = (): Carrier => {
  const idle = new Map<string, Kept[]>()
  const keyOf = (hop: NextHop, options: CarrierOptions) =>
    `${hop.address} ${hop.port} ${hop.host} ${options.tls} ${options.auth?.user ?? ''}`
  const take = (key: string): Kept | null => {
    for (let kept = idle.get(key)?.pop(); kept; kept = idle.get(key)?.pop()) {
      clearTimeout(kept.timer)
      if (!kept.connection.destroyed) return kept
    }
    return null
  }
  const keep = (key: string, kept: Kept) => {
    const list = idle.get(key) ?? []
    if (kept.sent >= mostMessages || list.length >= mostIdlePerHop || kept.connection.destroyed)
      return kept.connection.quit()
    kept.timer = setTimeout(() => {
      idle.set(
        key,
        (idle.get(key) ?? []).filter((each) => each !== kept),
      )
      kept.connection.quit()
    }, idleFor)
    kept.timer.unref()
    idle.set(key, [...list, kept])
  }
  return {
    send: async (hop, options, { envelope, body }) => {
      const key = keyOf(hop, options)
      for (let kept = take(key); kept; kept = take(key)) {
        const { connection } = kept
        // A connection that died while idle says so at RSET, before anything of the message is at stake.
        const alive = await new Promise<boolean>((done) => connection.reset((error) => done(!error)))
        if (!alive) continue
        const result = await transmit(connection, envelope, body()).catch((error: unknown) => {
          connection.close()
          throw error
        })
        keep(key, { connection, sent: kept.sent + 1 })
        return result
      }
      const connection = await open(hop, options)
      const result = await transmit(connection, envelope, body()).catch((error: unknown) => {
        connection.close()
        throw error
      })
      keep(key, { connection, sent: 1 })
      return result
    },
    close: () => {
      for (const list of idle.values()) for (const { connection } of list) connection.close()
      idle.clear()
    },
  }
}
