// RFC 9051 section 6.2.2, with the initial response of SASL-IR (RFC 4959). Mechanisms: PLAIN (RFC 4616), LOGIN
// (old clients know nothing else) and, where the server offers them, SCRAM-SHA-256 (RFC 7677) and access tokens
// (OAUTHBEARER of RFC 7628, and XOAUTH2, which came before it).
import { readBearer, readXoauth2, tokenRefused, type TokenWish } from '../../sasl/bearer'
import { ScramRefused } from '../../sasl/scram'
import { signInByScram } from '../../sasl/scram-talk'
import { bad, define, no, type Reply } from '../command'
import type { Session } from '../session'
import { utf8, type Scanner } from '../wire/scanner'
import { greet, refusedWithoutTls, signIn } from './sign-in'

interface Wish {
  mechanism: string
  initial: string | null
}

class Cancelled extends Error {}

type Talk = (session: Session, initial: string | null) => Promise<Reply>

const longestAnswer = 16 * 1024

const readWish = (scanner: Scanner): Wish => {
  scanner.space()
  const mechanism = scanner.word('a mechanism')
  const initial = scanner.take(' ')
    ? (scanner.match(/=|[A-Za-z0-9+/]+={0,2}/y)?.[0] ?? scanner.fail('base64'))
    : null
  scanner.end()
  return { mechanism, initial: initial === '=' ? '' : initial }
}

const decodeBase64 = (text: string): string => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new Cancelled('that is not base64')
  return Buffer.from(text, 'base64').toString('latin1')
}

/** One challenge and its answer; `*` takes the whole exchange back (RFC 9051 section 6.2.2). */
const ask = async (session: Session, challenge: string): Promise<string> => {
  session.out.write(`+ ${Buffer.from(challenge).toString('base64')}\r\n`)
  session.out.flush()
  const line = await session.intake.line(longestAnswer)
  if (line.kind !== 'line') throw new Cancelled('the answer is too long')
  if (line.text === '*') throw new Cancelled('taken back')
  return decodeBase64(line.text)
}

const notAccepted = (): Reply => no('not accepted', 'AUTHENTICATIONFAILED')
const notOffered = (): Reply => no('that mechanism is not offered', 'CANNOT')

const plain: Talk = async (session, initial) => {
  const message = initial === null ? await ask(session, '') : decodeBase64(initial)
  const [authorise, login, password, ...more] = message.split('\0')
  if (login === undefined || password === undefined || more.length > 0) return notAccepted()
  // RFC 4616 section 2: to act as somebody else is refused.
  if (authorise && authorise.toLowerCase() !== login.toLowerCase()) return notAccepted()
  return signIn(session, { login: utf8(login), password: utf8(password) })
}

const login: Talk = async (session, initial) => {
  const name = initial === null ? await ask(session, 'User Name\0') : decodeBase64(initial)
  const password = await ask(session, 'Password\0')
  return signIn(session, { login: utf8(name), password: utf8(password) })
}

const scram: Talk = async (session, initial) => {
  const begin = session.around.directory.scram
  if (!begin) return notOffered()
  const first = initial === null ? null : utf8(decodeBase64(initial))
  const turn = async (challenge: string) => utf8(await ask(session, challenge))
  return greet(session, await signInByScram({ begin, peer: session.peer, initial: first, ask: turn }))
}

/** A refusal is told as a challenge, and whatever the client answers to it ends the exchange (RFC 7628 section 3.2.3). */
const tokenTalk =
  (read: (message: string) => TokenWish | null): Talk =>
  async (session, initial) => {
    const { token } = session.around.directory
    if (!token) return notOffered()
    const wish = read(utf8(initial === null ? await ask(session, '') : decodeBase64(initial)))
    if (!wish) return notAccepted()
    const answer = await token(wish.login, wish.token, session.peer)
    if (!answer.ok && answer.reason === 'refused') await ask(session, tokenRefused)
    return greet(session, answer)
  }

const mechanisms: Record<string, Talk | undefined> = {
  PLAIN: plain,
  LOGIN: login,
  'SCRAM-SHA-256': scram,
  OAUTHBEARER: tokenTalk(readBearer),
  XOAUTH2: tokenTalk(readXoauth2),
}

const offered = ({ around: { directory } }: Session): string[] =>
  Object.keys(mechanisms).filter((name) => {
    if (name === 'SCRAM-SHA-256') return directory.scram !== null
    return !['OAUTHBEARER', 'XOAUTH2'].includes(name) || directory.token !== null
  })

const exchange = async (session: Session, { mechanism, initial }: Wish): Promise<Reply> => {
  const talk = mechanisms[mechanism]
  if (!talk) return notOffered()
  if (session.line === 'exposed') return refusedWithoutTls()
  try {
    return await talk(session, initial)
  } catch (error) {
    if (error instanceof Cancelled || error instanceof ScramRefused) return bad(error.message)
    throw error
  }
}

export const authenticate = define({
  name: 'AUTHENTICATE',
  states: ['greeted'],
  capabilities: (session) => {
    if (session.state !== 'greeted') return ['SASL-IR']
    return session.line === 'exposed'
      ? ['SASL-IR']
      : ['SASL-IR', ...offered(session).map((name) => `AUTH=${name}`)]
  },
  parse: readWish,
  run: exchange,
})
