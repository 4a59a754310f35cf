// RFC 9051 section 6.2.2, with the initial response of SASL-IR (RFC 4959). Mechanisms: PLAIN (RFC 4616) and LOGIN
// (old clients know nothing else).
import { bad, define, no, type Reply } from '../command'
import type { Session } from '../session'
import { utf8, type Scanner } from '../wire/scanner'
import { refusedWithoutTls, signIn, type Credentials } from './sign-in'

interface Wish {
  mechanism: string
  initial: string | null
}

class Cancelled extends Error {}

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

const plain = async (session: Session, initial: string | null): Promise<Credentials | null> => {
  const message = initial === null ? await ask(session, '') : decodeBase64(initial)
  const [authorise, login, password, ...more] = message.split('\0')
  if (login === undefined || password === undefined || more.length > 0) return null
  // RFC 4616 section 2: to act as somebody else is refused.
  if (authorise && authorise.toLowerCase() !== login.toLowerCase()) return null
  return { login: utf8(login), password: utf8(password) }
}

const login = async (session: Session, initial: string | null): Promise<Credentials> => {
  const name = initial === null ? await ask(session, 'User Name\0') : decodeBase64(initial)
  const password = await ask(session, 'Password\0')
  return { login: utf8(name), password: utf8(password) }
}

const mechanisms = { PLAIN: plain, LOGIN: login } as const

const exchange = async (session: Session, { mechanism, initial }: Wish): Promise<Reply> => {
  const talk = (mechanisms as Record<string, typeof plain | undefined>)[mechanism]
  if (!talk) return no('that mechanism is not offered', 'CANNOT')
  if (session.line === 'exposed') return refusedWithoutTls()
  try {
    const credentials = await talk(session, initial)
    return credentials ? await signIn(session, credentials) : no('not accepted', 'AUTHENTICATIONFAILED')
  } catch (error) {
    if (error instanceof Cancelled) return bad(error.message)
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
      : ['SASL-IR', ...Object.keys(mechanisms).map((name) => `AUTH=${name}`)]
  },
  parse: readWish,
  run: exchange,
})
