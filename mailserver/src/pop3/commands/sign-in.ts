import { err, ok, type Command } from '../command'
import type { Session } from '../session'

const needsTls = err('start TLS before a password', 'AUTH')

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

// RFC 5034, with the mechanisms of RFC 4616 and the old LOGIN that clients still try.
export const auth: Command = {
  name: 'AUTH',
  states: ['authorization'],
  run: async (session, [mechanism = '', initial]) => {
    if (mechanism === '') return err('name a mechanism: PLAIN or LOGIN')
    if (session.safety === 'exposed') return needsTls
    const run = mechanisms[mechanism.toUpperCase()]
    if (!run) return err('that mechanism is not offered')
    const told = await run(session, initial)
    return told ? session.signIn(told.login, told.password) : err('the exchange was given up or malformed')
  },
}

type Told = { login: string; password: string } | null

const mechanisms: Record<string, (session: Session, initial?: string) => Promise<Told>> = {
  PLAIN: async (session, initial) => {
    const text = decode(initial ?? (await session.ask('')))
    const [actFor, login, password, ...rest] = text?.split('\0') ?? []
    if (login === undefined || password === undefined || rest.length > 0) return null
    // Nobody may act for somebody else here.
    return actFor === '' || actFor === login ? { login, password } : null
  },
  LOGIN: async (session, initial) => {
    const login = decode(initial ?? (await session.ask('VXNlcm5hbWU6')))
    if (login === null) return null
    const password = decode(await session.ask('UGFzc3dvcmQ6'))
    return password === null ? null : { login, password }
  },
}

/** RFC 5034 section 4: `=` is an empty response, `*` gives up. */
const decode = (text: string | null): string | null => {
  if (text === null || text === '*') return null
  if (text === '=') return ''
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64').toString('utf8') : null
}

const utf8 = (latin: string): string => Buffer.from(latin, 'latin1').toString('utf8')
