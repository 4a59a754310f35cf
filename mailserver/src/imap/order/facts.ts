// The facts SORT and THREAD order by, read from the store in slices so that other connections have their turn.
import type { OrderFacts } from '../../store/contract'
import type { Session } from '../session'

const atOnce = 500

export const factsOf = async (session: Session, uids: readonly number[]): Promise<OrderFacts[]> => {
  const { mailbox } = session.selected
  const wanted = new Set(uids)
  const facts: OrderFacts[] = []
  for (let at = 0; at < uids.length; at += atOnce) {
    const slice = uids.slice(at, at + atOnce)
    const range = { from: slice[0] as number, to: slice[slice.length - 1] as number }
    for (const fact of session.mail.orderFacts(mailbox, range)) if (wanted.has(fact.uid)) facts.push(fact)
    await session.out.breathe()
  }
  return facts
}

/** RFC 5256 section 2.2: without a date that can be read, the day of arrival. */
export const sentAt = (fact: OrderFacts): number => fact.sent ?? fact.internal
