import { ScramRefused } from '../../sasl/scram'
import { signInByScram } from '../../sasl/scram-talk'
import { err, ok, type Command, type Reply } from '../command'
import type { Session } from '../session'

const needsTls = err('start TLS before a password', 'AUTH')
const notOffered = err('that mechanism is not offered')
const givenUp = err('the exchange was given up or malformed')

// RFC 1939 section 7
export const user: Command = {
  name: 'USER',
  states: ['authorization'],
  run: (session, args) => {
    if (session.safety === 'exposed') return needsTls
    if (args.length === 0) return err('USER needs a name')
    session.named = args.join(' ')
    return ok('now the password')
  },
}

// RFC 1939 section 7: a password may hold spaces, so the rest of the line is one argument.
export const pass: Command = {
  name: 'PASS',
  states: ['authorization'],
  run: (session, args) => {
    const { named } = session
    session.named = null
    if (session.safety === 'exposed') return needsTls
    if (named === null) return err('USER comes first')
    return session.signIn(utf8(named), utf8(args.join(' ')))
  },
}

class GivenUp extends Error {}

type Talk = (session: Session, initial?: string) => Promise<Reply>

/** RFC 5034 section 4: `=` is an empty response, `*` gives up. */
const decode = (text: string | null): string => {
  if (text === '=') return ''
  if (text === null || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new GivenUp()
  return Buffer.from(text, 'base64').toString('utf8')
}

const ask = async (session: Session, challenge: string): Promise<string> =>
  decode(await session.ask(Buffer.from(challenge).toString('base64')))

const plain: Talk = async (session, initial) => {
  const text = initial === undefined ? await ask(session, '') : decode(initial)
  const [actFor, login, password, ...rest] = text.split('\0')
  if (login === undefined || password === undefined || rest.length > 0) throw new GivenUp()
  // Nobody may act for somebody else here.
  if (actFor !== '' && actFor !== login) throw new GivenUp()
  return session.signIn(login, password)
}

const login: Talk = async (session, initial) => {
  const name = initial === undefined ? await ask(session, 'Username:') : decode(initial)
  return session.signIn(name, await ask(session, 'Password:'))
}

const scram: Talk = async (session, initial) => {
  const begin = session.around.directory.scram
  if (!begin) return notOffered
  const first = initial === undefined ? null : decode(initial)
  const turn = (challenge: string) => ask(session, challenge)
  return session.enter(await signInByScram({ begin, peer: session.peer, initial: first, ask: turn }))
}

const mechanisms: Record<string, Talk | undefined> = { PLAIN: plain, LOGIN: login, 'SCRAM-SHA-256': scram }

/** As CAPA names them. */
export const offered = ({ around }: Session): string[] =>
  Object.keys(mechanisms).filter((name) => name !== 'SCRAM-SHA-256' || around.directory.scram)

// RFC 5034, with the mechanisms of RFC 4616 and RFC 7677, and the old LOGIN that clients still try.
export const auth: Command = {
  name: 'AUTH',
  states: ['authorization'],
  run: async (session, [mechanism = '', initial]) => {
    if (mechanism === '') return err('name a mechanism: CAPA tells which there are')
    if (session.safety === 'exposed') return needsTls
    const talk = mechanisms[mechanism.toUpperCase()]
    if (!talk) return notOffered
    try {
      return await talk(session, initial)
    } catch (error) {
      if (error instanceof GivenUp || error instanceof ScramRefused) return givenUp
      throw error
    }
  },
}

const utf8 = (latin: string): string => Buffer.from(latin, 'latin1').toString('utf8')
