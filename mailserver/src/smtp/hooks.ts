// What is asked at each step of a dialogue: who connects, who signs in, which sender, which recipients, and then
// the message itself.
import type { SMTPServerAuthentication, SMTPServerOptions, SMTPServerSession } from 'smtp-server'
import type { Clock } from '../core/clock'
import type { Config } from '../core/config'
import type { Log } from '../core/log'
import { isLoopback, parseNetworks } from '../core/network'
import type { SenderChecks } from '../checks/sender'
import type { SpamFilter } from '../checks/spam'
import type { Expander } from '../delivery/expand'
import type { Directory, SignIn } from '../directory/contract'
import type { Queue } from '../queue'
import type { Counted, Limits } from './limits'
import { judgeRecipient, judgeSender, type Client, type Verdict } from './relay'
import { reply } from './library'
import { takeMessage } from './take'

export interface HookParts {
  config: Config
  clock: Clock
  log: Log
  directory: Directory
  expander: Expander
  queue: Queue
  checks: SenderChecks
  spam: SpamFilter | null
  limits: Limits
  door: Client['door']
}

type Hooks = Required<
  Pick<SMTPServerOptions, 'onConnect' | 'onClose' | 'onAuth' | 'onMailFrom' | 'onRcptTo' | 'onData'>
>

// RFC 5321 section 4.1.1.11: a parameter that was not announced is refused, or its sender would rely on it.
const known = {
  MAIL: new Set(['SIZE', 'BODY', 'RET', 'ENVID', 'SMTPUTF8', 'REQUIRETLS', 'AUTH']),
  RCPT: new Set(['NOTIFY', 'ORCPT']),
}

const strangeParameter = (verb: keyof typeof known, args: object | false | undefined): Error | null => {
  const strange = Object.keys(args || {}).find((name) => !known[verb].has(name.toUpperCase()))
  return strange ? reply(555, `5.5.4 Unsupported option: ${strange.slice(0, 64)}`) : null
}

const asError = (verdict: Verdict): Error | null => (verdict.take ? null : reply(verdict.code, verdict.text))

const answerData =
  (parts: HookParts, clientOf: (session: SMTPServerSession) => Client): Hooks['onData'] =>
  (stream, session, callback) => {
    const incoming = { stream: stream as AsyncIterable<Buffer>, ...clientOf(session) }
    takeMessage(parts, session, incoming).then(
      (result) => {
        if ('id' in result) return callback(null, `2.0.0 Ok: queued as ${result.id}`)
        parts.log.info('refused', { client: session.remoteAddress, reply: `${result.code} ${result.text}` })
        stream.resume()
        callback(reply(result.code, result.text))
      },
      (error: unknown) => {
        parts.log.error('accept-failed', { client: session.remoteAddress, error: String(error) })
        stream.resume()
        callback(reply(452, '4.3.1 the message could not be stored, try again later'))
      },
    )
  }

// Who may say XCLIENT says who signed in there (Postfix's XCLIENT_README): a try that fails is nobody's guess.
const vouchedFor = (directory: Directory, name: string): SignIn => {
  const user = directory.user(name)
  return user && !user.disabled ? { ok: true, user } : { ok: false, reason: 'refused' }
}

const asked = (directory: Directory, auth: SMTPServerAuthentication, peer: string): Promise<SignIn> => {
  const { method, username = '', password, accessToken } = auth
  if ((method as string) === 'XCLIENT') return Promise.resolve(vouchedFor(directory, username))
  if (method !== 'XOAUTH2') return directory.authenticate(username, password ?? '', peer)
  return directory.token?.(username, accessToken ?? '', peer) ?? Promise.reject(new Error('no tokens here'))
}

// XOAUTH2: what is wrong is told in a challenge first, and the refusal answers the client's empty line.
const tokenRefused = { data: { status: '401', schemes: 'bearer', scope: 'mail' } } as const

const answerAuth =
  ({ directory }: HookParts): Hooks['onAuth'] =>
  (auth, session, callback) => {
    const { authzid, method } = auth
    // RFC 4616: acting as somebody else is for proxies; nobody is granted it here.
    if (authzid && authzid !== auth.authcid)
      return callback(reply(535, '5.7.8 no right to act for another user'))
    const unavailable = reply(454, '4.7.0 Temporary authentication failure')
    asked(directory, auth, session.remoteAddress).then(
      (result) => {
        if (result.ok) return callback(null, { user: result.user.address })
        if (result.reason === 'slow-down')
          return callback(reply(421, '4.7.0 too many failed sign-ins, try again later'))
        if (result.reason === 'unavailable') return callback(unavailable)
        if (method === 'XOAUTH2') return callback(null, tokenRefused)
        callback(reply(535, '5.7.8 Error: authentication failed: wrong user name or password'))
      },
      () => callback(unavailable),
    )
  }

/** XFORWARD is for the log (Postfix's XFORWARD_README): trust is its speaker's. Whom XCLIENT names is judged instead. */
const judged = ({ xClient, xForward, remoteAddress }: SMTPServerSession): string =>
  xClient.has('ADDR') ? remoteAddress : String(xForward.get('ADDR:DEFAULT') ?? remoteAddress)

export const createHooks = (parts: HookParts): Hooks => {
  const { config, directory, log, limits, door } = parts
  const networks = parseNetworks(config.trusted_networks)
  const clientOf = (session: SMTPServerSession): Client => ({
    user: (session.user as string | undefined) || null,
    trusted: networks.has(judged(session)),
    door,
  })
  const countedOf = (
    { remoteAddress: address }: SMTPServerSession,
    { user, trusted }: Client,
  ): Counted | null => {
    if (user !== null) return { user }
    return trusted || door === 'lmtp' || isLoopback(address) ? null : { address }
  }
  const told = (session: SMTPServerSession, verdict: Verdict): Error | null => {
    const error = asError(verdict)
    if (error)
      log.info('refused', {
        client: session.remoteAddress,
        reply: `${!verdict.take && verdict.code} ${error.message}`,
      })
    return error
  }
  // XCLIENT and XFORWARD change the session's address; some are gone before they were counted. Whom XCLIENT names connects
  // anew, in the place of who said it.
  const counted = new WeakMap<SMTPServerSession, string>()
  return {
    onConnect: (session, callback) => {
      const { remoteAddress: address } = session
      const before = counted.get(session)
      if (before !== undefined) limits.disconnect(before)
      counted.set(session, address)
      callback(limits.connect(address, isLoopback(address)))
    },
    onClose: (session, callback) => {
      const address = counted.get(session)
      if (address !== undefined) limits.disconnect(address)
      callback()
    },
    onAuth: answerAuth(parts),
    onMailFrom: (address, session, callback) => {
      if (door === 'transfer' && config.smtp_tls === 'required' && !session.secure) {
        return callback(reply(530, '5.7.0 Must issue a STARTTLS command first'))
      }
      const client = clientOf(session)
      callback(
        strangeParameter('MAIL', address.args) ??
          told(session, judgeSender(client, address.address, directory.maySendAs)) ??
          limits.message(countedOf(session, client)),
      )
    },
    onRcptTo: (address, session, callback) => {
      const client = clientOf(session)
      const verdict = judgeRecipient(client, address.address, directory.route(address.address))
      // Counted first: who tries names is counted by the names that do not exist, too.
      const tooMany = limits.recipient(countedOf(session, client))
      callback(strangeParameter('RCPT', address.args) ?? tooMany ?? told(session, verdict))
    },
    onData: answerData(parts, clientOf),
  }
}
