import 'server-only'
import { AppError } from '@/lib/model/errors'
import { closeAccount } from '../mail/pool'
import { endSession, removeSession, sessionsOf } from '../user/sessions'
import { endStreamsOf } from './ended'
import { lifetime, ownerOf, type Session } from './session'

/** The rows go; whatever cookie still names them opens nothing from now on. */
export const signOut = async (session: Session, reach: 'here' | 'everywhere'): Promise<void> => {
  const owner = ownerOf(session)
  const rows = await sessionsOf(owner)
  const ending = reach === 'everywhere' ? rows.map(({ id }) => id) : [session.id]
  for (const id of ending) await end(id)
  // Connections are kept per person: they close with the last session.
  if (ending.length >= rows.length) closeAccount(owner)
}

const end = async (id: string): Promise<void> => {
  await endSession(id)
  endStreamsOf(id)
}

export const listSessions = async (session: Session) => {
  const rows = await sessionsOf(ownerOf(session), lifetime())
  return rows.map((row) => ({
    id: row.id,
    current: row.id === session.id,
    agent: row.agent,
    client: row.client,
    createdAt: new Date(row.created_at).toISOString(),
    usedAt: new Date(row.used_at).toISOString(),
  }))
}

/** Another device's session, of the same person only. */
export const endOther = async (session: Session, id: string): Promise<void> => {
  if (!(await removeSession(ownerOf(session), id))) throw new AppError('not-found')
  endStreamsOf(id)
}

/** All but the one that asks: what opened them may be known to somebody else. */
export const endOthers = async (session: Session): Promise<void> => {
  for (const { id } of await sessionsOf(ownerOf(session))) if (id !== session.id) await end(id)
}
