import 'server-only'
import { createHash } from 'node:crypto'
import { type InvitationAnswer, invitationAnswer } from '@/lib/model/cards'
import { database } from './db'

/** An event, or one instance of a series (RFC 5545 section 3.8.4.4), and how often it was revised. */
export interface EventName {
  uid: string
  instance: string
  sequence: number
}

const digestOf = ({ uid, instance }: EventName): string =>
  createHash('sha256').update(`${uid}\n${instance}`).digest('base64url')

export const keepAnswer = async (owner: string, name: EventName, answer: InvitationAnswer): Promise<void> => {
  const row = { sequence: name.sequence, answer, answered_at: Date.now() }
  await (
    await database()
  )
    .insertInto('invitation_answers')
    .values({ owner, event: digestOf(name), ...row })
    .onConflict((conflict) => conflict.columns(['owner', 'event']).doUpdateSet(row))
    .execute()
}

/** Null for an event that was not answered, or was revised since (RFC 5546 section 2.1.4). */
export const answerTo = async (owner: string, name: EventName): Promise<InvitationAnswer | null> => {
  const row = await (
    await database()
  )
    .selectFrom('invitation_answers')
    .select(['sequence', 'answer'])
    .where('owner', '=', owner)
    .where('event', '=', digestOf(name))
    .executeTakeFirst()
  const read = invitationAnswer.safeParse(row?.answer)
  return row && read.success && row.sequence >= name.sequence ? read.data : null
}
