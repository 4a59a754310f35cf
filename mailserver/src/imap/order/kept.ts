// The columns lately used, of all mailboxes: bounded by what they cost, the longest unused go first.
import type { Session } from '../session'
import { Column, type Value } from './column'
import { factsOf } from './facts'
import type { OrderFacts } from '../../store/contract'

const mostCost = 32 * 1024 * 1024
const kept = new Map<string, Column>()

const keyFor = (session: Session, name: string): string => {
  const row = session.mail.mailboxById(session.selected.mailbox)
  return `${row?.mailboxId} ${row?.uidValidity} ${name}`
}

/** Expunged messages linger in a column; when they are most of it, it is made anew. */
const isStale = (session: Session, column: Column): boolean => {
  const messages = session.mail.mailboxById(session.selected.mailbox)?.messages ?? 0
  return column.uids.length > 2 * messages + 1_000
}

const bound = (): void => {
  let cost = 0
  for (const column of kept.values()) cost += column.cost
  for (const [key, column] of kept) {
    if (cost <= mostCost || kept.size === 1) return
    kept.delete(key)
    cost -= column.cost
  }
}

/** The column of the selected mailbox with everything in it that this session has been told of. */
export const columnOf = async (
  session: Session,
  name: string,
  valueOf: (fact: OrderFacts) => Value,
): Promise<Column> => {
  const key = keyFor(session, name)
  const known = kept.get(key)
  const column = known && !isStale(session, known) ? known : new Column()
  kept.delete(key)
  kept.set(key, column)
  const { uids } = session.selected
  await column.extend(async () => {
    const fresh = uids.slice(firstAbove(uids, column.last))
    const values: { uid: number; value: Value }[] = []
    for (const fact of await factsOf(session, fresh)) {
      values.push({ uid: fact.uid, value: valueOf(fact) })
      if (values.length % 500 === 0) await session.out.breathe()
    }
    await column.add(values, () => session.out.breathe())
  })
  bound()
  return column
}

export const isKept = (session: Session, name: string): boolean => kept.has(keyFor(session, name))

const firstAbove = (uids: readonly number[], last: number): number => {
  let at = uids.length
  while (at > 0 && (uids[at - 1] as number) > last) at -= 1
  return at
}
