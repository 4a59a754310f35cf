import 'server-only'
import { cookies } from 'next/headers'
import { cookieName } from './cookie'
import { type Session, sessionOfTicket } from './session'

/** For pages and layouts: what they are drawn for, Next knows. */
export const session = async (): Promise<Session | null> =>
  sessionOfTicket((await cookies()).get(cookieName())?.value)
