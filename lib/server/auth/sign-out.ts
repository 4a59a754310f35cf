import 'server-only'
import { AppError } from '@/lib/model/errors'
import { closeAccount } from '../mail/pool'
import { loginsOf } from '../user/logins'
import { endSession, type Lifetime, type SessionRow, sessionsOf } from '../user/sessions'
import { endStreamsOf } from './ended'
import { lifetime, ownerOf, personOf, type Session } from './session'

/** The rows go; whatever cookie still names them opens nothing from now on. */
export const signOut = async (session: Session, reach: 'here' | 'everywhere'): Promise<void> => {
  await end(session, ({ id }) => reach === 'everywhere' || id === session.id)
}

/** By the address, without those of whom the mail server is known to tell apart from them (owner.ts). */
const sessionsOfPerson = async (session: Session, life?: Lifetime): Promise<SessionRow[]> => {
  const [person, mine] = [personOf(session), ownerOf(session)]
  const settled = (await loginsOf(person)).filter(({ state }) => state === 'settled')
  const accounts = new Set(settled.map(({ owner }) => owner))
  const isApart = ({ owner }: SessionRow) => owner !== mine && accounts.has(mine) && accounts.has(owner)
  return (await sessionsOf(person, life)).filter((row) => !isApart(row))
}

/** Of this person's sessions, whatever spelling opened them, and how many that were. */
const end = async (session: Session, ending: (row: SessionRow) => boolean): Promise<number> => {
  const rows = await sessionsOfPerson(session)
  const over = rows.filter(ending)
  for (const { id } of over) {
    await endSession(id)
    endStreamsOf(id)
  }
  // Connections are kept per account: they close with its last session.
  const kept = new Set(rows.filter((row) => !over.includes(row)).map(({ owner }) => owner))
  for (const { owner } of over) if (!kept.has(owner)) closeAccount(owner)
  return over.length
}

export const listSessions = async (session: Session) => {
  const rows = await sessionsOfPerson(session, lifetime())
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
  if ((await end(session, (row) => row.id === id)) === 0) throw new AppError('not-found')
}

/** All but the one that asks: what opened them may be known to somebody else. */
export const endOthers = async (session: Session): Promise<void> => {
  await end(session, ({ id }) => id !== session.id)
}
