import 'server-only'
import { AppError } from '@/lib/model/errors'
import { timeNow } from '../clock'
import { config } from '../config'
import { log } from '../log'
import { once } from '../once'
import { ownFailure } from '../own-failure'
import type { Account } from '../mail/account'
import { findSession, type Lifetime, type SessionRow, touchSession } from '../user/sessions'
import { cookieOf, readTicket } from './cookie'
import { unseal } from './vault'

// The row is asked on every request, so that a revoked session ends at once. A Session carries no secret:
// the key that came with the cookie is kept beside it, where nothing can serialise it.
export interface Session {
  id: string
  account: 0
  address: string
  name: string
}

interface Hidden {
  key: Buffer
  row: SessionRow
}
const hidden = once('session-secrets', () => new WeakMap<Session, Hidden>())

const touchEveryMs = 60_000

export const lifetime = (): Lifetime => ({
  idleMs: config().sessionIdleHours * 3_600_000,
  maxMs: config().sessionMaxHours * 3_600_000,
})

/** For what is not a page. */
export const sessionOf = (headers: Pick<Headers, 'get'>): Promise<Session | null> =>
  sessionOfTicket(cookieOf(headers))

export const sessionOfTicket = async (text: string | undefined): Promise<Session | null> => {
  const ticket = await readTicket(text)
  const row = ticket && (await findSession(ticket.session, lifetime()))
  if (!ticket || !row) return null
  if (timeNow() - row.used_at > touchEveryMs) await touch(row.id)
  const found: Session = { id: row.id, account: 0, address: row.address, name: row.name }
  hidden.set(found, { key: Buffer.from(ticket.key, 'base64url'), row })
  return found
}

/** What cannot be noted now, on a disk that is full, is noted the next time: reading goes on. */
const touch = async (id: string): Promise<void> => {
  try {
    await touchSession(id)
  } catch (error) {
    if (!ownFailure(error)) throw error
    log().warn({ event: 'session-not-noted', err: error }, 'the use of a session could not be noted')
  }
}

const hiddenOf = (session: Session): Hidden => {
  const secrets = hidden.get(session)
  if (!secrets) throw new AppError('signed-out')
  return secrets
}

export const credentialsOf = async (session: Session): Promise<Account['credentials']> => {
  const { key, row } = hiddenOf(session)
  const password = unseal(row.sealed_password, key, row.id)
  if (password === null) throw new AppError('signed-out')
  return { user: row.login, password }
}

/** What the actions are given. */
export const accountOf = async (session: Session): Promise<Account> => ({
  key: hiddenOf(session).row.owner,
  address: session.address,
  name: session.name,
  credentials: await credentialsOf(session),
  client: hiddenOf(session).row.client,
})

/** The key under which this person's data is kept. */
export const ownerOf = (session: Session): string => hiddenOf(session).row.owner

/** Whose sessions are listed and ended together with this one: see person.ts. */
export const personOf = (session: Session): string => hiddenOf(session).row.person

/** What this session's password is sealed with: it came with the cookie, and goes nowhere but the vault. */
export const keyOf = (session: Session): Buffer => hiddenOf(session).key
