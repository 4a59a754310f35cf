// RFC 9051 section 6.2.3
import { define } from '../command'
import { utf8, type Scanner } from '../wire/scanner'
import { refusedWithoutTls, signIn, type Credentials } from './sign-in'

const readCredentials = (scanner: Scanner): Credentials => {
  scanner.space()
  const login = utf8(scanner.astring('a login name'))
  scanner.space()
  const password = utf8(scanner.astring('a password'))
  scanner.end()
  return { login, password }
}

export const login = define({
  name: 'LOGIN',
  states: ['greeted'],
  capabilities: (session) =>
    session.state === 'greeted' && session.line === 'exposed' ? ['LOGINDISABLED'] : [],
  parse: readCredentials,
  run: (session, credentials) =>
    session.line === 'exposed' ? refusedWithoutTls() : signIn(session, credentials),
})
