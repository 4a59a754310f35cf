import 'server-only'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Transform } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { AppError, type ErrorCode } from '@/lib/model/errors'
import { config } from '../config'
import type { Account } from './account'
import { needsUtf8, wireAddress } from './header-words'
import { clientTelling, tellClient } from './xclient'

// Handing a message to the submission server (RFC 6409). The one uncertain moment of SMTP is between the
// last dot and its answer (RFC 5321 section 4.1.1.4, RFC 1047): before the dot the server has no message,
// after the answer we know. So the caller is told, and waited for, just before the dot.

export interface Envelope {
  from: string
  to: string[]
  /** Who stands in the header and is not written to: where answers are to go. */
  named?: string[]
  /** RFC 3461 section 4.1: whoever carries it says what became of it, where servers do that. */
  notice?: 'ask'
}

export interface Submission {
  who: Account
  envelope: Envelope
  file: string
  /** Everything but the last dot is on its way. When this fails the dot is never sent. */
  beforeLastDot: () => Promise<void>
}

export interface Refused {
  address: string
  answer: string
}

export interface Submitted {
  /** Refused one by one, while others were taken. */
  refused: Refused[]
}

/** Whether to try again: 'later' may go better, 'never' will not, 'unknown' is SMTP's gap. */
export class SubmitError extends AppError {
  // As AppError: known by what it carries, not by which copy of this module made it.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof AppError && 'again' in value
  }
  constructor(
    readonly again: 'later' | 'never' | 'unknown',
    ...rest: ConstructorParameters<typeof AppError>
  ) {
    super(...rest)
  }
  refused: Refused[] = []
}

export const submit = async ({ who, envelope, file, beforeLastDot }: Submission): Promise<Submitted> => {
  const { size } = await stat(file)
  const connection = connectionFor()
  let dot: 'ahead' | 'sent' = 'ahead'
  try {
    await opened(connection)
    await tellClient(connection, who.client)
    if (connection.allowsAuth)
      await called((done) =>
        connection.login({ user: who.credentials.user, pass: who.credentials.password }, done),
      )
    refuseStrange(connection, envelope)
    if (envelope.named?.some(needsUtf8)) askUtf8(connection)
    const message = createReadStream(file)
    const gate = new Transform({
      transform: (chunk, _, next) => next(null, chunk),
      flush: (next) =>
        void beforeLastDot().then(
          () => {
            dot = 'sent'
            next()
          },
          (cause: Error) => next(cause),
        ),
    })
    // A pipe does not pass errors on; without an end of data the server forgets the message.
    const broken = new Promise<never>((_, failed) => {
      message.once('error', failed)
      gate.once('error', failed)
    })
    const use8BitMime = true
    const sent = called<SMTPConnection.SentMessageInfo>((done) =>
      connection.send({ ...onWire(envelope), size, use8BitMime }, message.pipe(gate), done),
    )
    const info = await Promise.race([sent, broken])
    return { refused: asWritten(refusedOf(info.rejectedErrors), envelope) }
  } catch (cause) {
    throw cause instanceof SubmitError ? cause : asSubmitError(cause, dot, envelope)
  } finally {
    connection.close()
  }
}

const connectionFor = (): SMTPConnection => {
  const { host, port, tls, loopback } = config().submission
  // The name of this machine is nobody's business; RFC 5321 section 4.1.4 leaves it unchecked.
  const name = new URL(config().publicUrl).hostname
  const connection = new SMTPConnection({
    host,
    port,
    secure: tls === 'implicit',
    // RFC 8314 section 3.3: a password never leaves in clear text, except on our own machine.
    requireTLS: tls === 'starttls' && !loopback,
    tls: { rejectUnauthorized: !loopback },
    name,
    customAuth: clientTelling(name),
    logger: false,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    // RFC 5321 section 4.5.3.2.6: the answer to the last dot may take ten minutes.
    socketTimeout: 600_000,
    maxResponseSize: 64_000,
  })
  connection.on('error', () => undefined)
  return connection
}

const onWire = ({ from, to, notice }: Envelope) => ({
  from: wireAddress(from),
  to: to.map(wireAddress),
  ...(notice ? { dsn: { return: 'headers', notify: ['success', 'failure', 'delay'] } } : {}),
})

/** RFC 6531 section 3.1: such an address may not be given to a server that does not say it knows them. */
const refuseStrange = (connection: SMTPConnection, { from, to, named = [] }: Envelope): void => {
  const strange = [from, ...to, ...named].filter(needsUtf8)
  if (strange.length === 0 || extensionsOf(connection).includes('SMTPUTF8')) return
  const error = new SubmitError('never', 'address-needs-utf8')
  error.refused = strange.slice(0, 2000).map((address) => ({ address, answer: '' }))
  throw error
}

/** RFC 6531 section 3.4: a header needs it as much as an envelope does, which is all that the library looks at. */
const askUtf8 = (connection: SMTPConnection): void => {
  const inside = connection as unknown as { _sendCommand: (command: string) => void }
  const send = inside._sendCommand.bind(connection)
  inside._sendCommand = (command) =>
    send(/^MAIL FROM:(?!.* SMTPUTF8\b)/.test(command) ? `${command} SMTPUTF8` : command)
}

/** The library keeps to itself what the server announced; held, as is what it is told, by web/outbox.integration.test.ts. */
const extensionsOf = (connection: SMTPConnection): readonly string[] =>
  (connection as unknown as { _supportedExtensions?: string[] })._supportedExtensions ?? []

/** Servers answer by the address they were given; people know the one they wrote. */
const asWritten = (refused: Refused[], { to }: Envelope): Refused[] => {
  const written = new Map(to.map((address) => [wireAddress(address), address]))
  return refused.map(({ address, answer }) => ({ address: written.get(address) ?? address, answer }))
}

const opened = (connection: SMTPConnection): Promise<void> =>
  new Promise((open, failed) => {
    connection.once('error', failed)
    connection.once('end', () => failed(Object.assign(new Error('closed'), { code: 'ECONNECTION' })))
    connection.connect((error) => (error ? failed(error) : open()))
  })

const called = <T>(call: (done: (error: Error | null, value?: T) => void) => void): Promise<T> =>
  new Promise((done, failed) => call((error, value) => (error ? failed(error) : done(value as T))))

interface Failure {
  code?: string
  command?: string
  response?: string | false
  responseCode?: number
  recipient?: string
  rejectedErrors?: Failure[]
  message?: string
}

const answerOf = ({ response, message }: Failure): string =>
  (response || message || '').replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 500)

const refusedOf = (errors: Failure[] | undefined): Refused[] =>
  (errors ?? []).slice(0, 2000).map((error) => ({ address: error.recipient ?? '', answer: answerOf(error) }))

/** Some say it at MAIL FROM, Postfix at each recipient. */
const isAboutSender = ({ command, responseCode, rejectedErrors = [] }: Failure): boolean =>
  (command === 'MAIL FROM' && (responseCode === 550 || responseCode === 553)) ||
  (rejectedErrors.length > 0 &&
    rejectedErrors.every((one) => one.responseCode === 553 && /sender address/i.test(answerOf(one))))

/** nodemailer puts a code of its own in the place of Node's, and leaves its sentence. */
const aboutCertificate =
  /certificate has expired|self-signed certificate|certificate is not yet valid|unable to (?:verify|get)[ a-z]+certificate|altnames/i

const codeOf = (failure: Failure): ErrorCode => {
  const status = failure.responseCode ?? 0
  if (failure.code === 'EAUTH' || status === 530 || status === 535) return 'wrong-password'
  // RFC 6409 section 6.1: somebody may write as themselves only.
  if (isAboutSender(failure)) return 'sender-refused'
  if (failure.rejectedErrors?.length) return 'recipients-refused'
  if (status === 552 || status === 523) return 'too-large'
  if (status >= 400) return 'submission-refused'
  if (status === 0 && aboutCertificate.test(failure.message ?? '')) return 'server-untrusted'
  return 'submission-unreachable'
}

const asSubmitError = (cause: unknown, dot: 'ahead' | 'sent', envelope: Envelope): SubmitError => {
  const failure = cause as Failure
  const status = failure.responseCode ?? 0
  const code = codeOf(failure)
  // RFC 5321 section 4.2.1: 5yz is final, 4yz is worth another try. RFC 4954 section 6: 454 is the server's fault.
  const final = status >= 500 || (code === 'wrong-password' && !(status >= 400 && status < 500))
  const again = status === 0 && dot === 'sent' ? 'unknown' : final ? 'never' : 'later'
  const error = new SubmitError(again, code, answerOf(failure), { cause })
  error.refused = asWritten(refusedOf(failure.rejectedErrors), envelope)
  return error
}
