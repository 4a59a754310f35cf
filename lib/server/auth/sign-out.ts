import 'server-only'
import { AppError } from '@/lib/model/errors'
import { endSession, removeSession, removeSessionsOf, sessionsOf } from '../user/sessions'
import { ownerOf, type Session } from './session'

/** The rows go; whatever cookie still names them opens nothing from now on. */
export const signOut = async (session: Session, reach: 'here' | 'everywhere'): Promise<void> =>
  reach === 'everywhere' ? removeSessionsOf(ownerOf(session)) : endSession(session.id)

export const listSessions = async (session: Session) => {
  const rows = await sessionsOf(ownerOf(session))
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
}
