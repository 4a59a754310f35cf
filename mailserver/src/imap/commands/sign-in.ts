// What LOGIN and AUTHENTICATE share: the question to the directory and its answers (RFC 5530 codes).
import type { SignIn } from '../../directory/contract'
import { no, ok, type Reply } from '../command'
import type { Session } from '../session'

export interface Credentials {
  login: string
  password: string
}

export const refusedWithoutTls = (): Reply =>
  no('passwords are taken only on an encrypted line', 'PRIVACYREQUIRED')

export const signIn = async (session: Session, { login, password }: Credentials): Promise<Reply> =>
  greet(session, await session.around.directory.authenticate(login, password, session.peer))

/** What the directory decided, however the client proved itself. */
export const greet = (session: Session, answer: SignIn): Reply => {
  const { log } = session.around
  if (!answer.ok) {
    log.info('imap-sign-in-refused', { peer: session.peer, reason: answer.reason })
    if (answer.reason === 'slow-down') return no('too many tries, wait a while', 'LIMIT')
    if (answer.reason === 'unavailable') return no('nobody can say just now, try again', 'UNAVAILABLE')
    return no('that name and password do not go together', 'AUTHENTICATIONFAILED')
  }
  session.signIn(answer.user)
  log.info('imap-signed-in', { peer: session.peer, user: answer.user.address })
  return ok('signed in', `CAPABILITY ${session.capabilities()}`)
}
