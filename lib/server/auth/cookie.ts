import 'server-only'
import { decode, encode } from 'next-auth/jwt'
import { timeNow } from '../clock'
import { config } from '../config'
import { once } from '../once'

// The session cookie is next-auth's encrypted token. It holds the session id and the key of the sealed
// password, nothing else (DESIGN.md decision 7): the database alone opens nothing, nor does the cookie.
export interface Ticket {
  session: string
  /** base64url of 32 bytes. */
  key: string
}

const isSecure = (): boolean => config().publicUrl.startsWith('https:')
const path = (): string => config().basePath || '/'

// RFC 6265bis section 4.1.3: __Host- demands Path=/ and Secure, __Secure- only Secure.
export const cookieName = (): string => {
  if (!isSecure()) return 'posthorn.session'
  return path() === '/' ? '__Host-posthorn.session' : '__Secure-posthorn.session'
}

export const cookieOptions = () =>
  ({ httpOnly: true, sameSite: 'lax', path: path(), secure: isSecure() }) as const

const maxAge = (): number => config().sessionMaxHours * 3600

/** How long a session holds its row says, by a clock that does not jump (clock.ts); the token's own end is by one that may. */
const tokenAge = 10 * 366 * 24 * 3600

export const writeTicket = ({ session, key }: Ticket): Promise<string> =>
  encode({ token: { session, key }, secret: config().secret, maxAge: tokenAge })

/** Null for whatever is not a ticket of ours. */
export const readTicket = async (text: string | undefined): Promise<Ticket | null> => {
  if (!text || text.length > 4096) return null
  const known = openedLately().get(text)
  if (known && known.until > timeNow()) return known.ticket
  const ticket = await openTicket(text)
  if (ticket) rememberTicket(text, ticket)
  return ticket
}

const openTicket = async (text: string): Promise<Ticket | null> => {
  try {
    const token = await decode({ token: text, secret: config().secret })
    if (typeof token?.session !== 'string' || typeof token.key !== 'string') return null
    return { session: token.session, key: token.key }
  } catch {
    return null
  }
}

// Opening one derives a key anew each time and cost more than the rest of a small request. What a cookie says never changes;
// whether its session still stands is asked of the database each time, so nothing is believed longer for this. It is
// kept as long as a person clicks, which is as long as the mail connection keeps the password that it opens.
const openedForMs = 60_000
const mostOpened = 2000

interface OpenedTicket {
  ticket: Ticket
  until: number
}
const openedLately = () => once('opened-tickets', () => new Map<string, OpenedTicket>())

const rememberTicket = (text: string, ticket: Ticket): void => {
  const kept = openedLately()
  const now = timeNow()
  // The oldest stand first.
  for (const [other, { until }] of kept) {
    if (until > now && kept.size < mostOpened) break
    kept.delete(other)
  }
  kept.set(text, { ticket, until: now + openedForMs })
}

export const cookieOf = (headers: Pick<Headers, 'get'>): string | undefined => {
  const name = `${cookieName()}=`
  const pairs = headers.get('cookie')?.split(/;\s*/) ?? []
  return pairs.find((pair) => pair.startsWith(name))?.slice(name.length)
}

const header = (value: string, seconds: number): string =>
  [
    `${cookieName()}=${value}`,
    `Path=${path()}`,
    `Max-Age=${seconds}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure() ? ['Secure'] : []),
  ].join('; ')

export const setCookie = (value: string): string => header(value, maxAge())
export const clearCookie = (): string => header('', 0)
