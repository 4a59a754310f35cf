// What SORT and THREAD lately needed to know of mailboxes: bounded by what it costs, the longest unused goes first.
import type { OrderFacts } from '../../store/contract'
import type { Session } from '../session'
import { Chains } from './chains'
import { Column, type Grown, type Value } from './column'
import { factsOf } from './facts'

const mostCost = 32 * 1024 * 1024
const kept = new Map<string, Grown>()

const keyFor = (session: Session, name: string): string => {
  const row = session.mail.mailboxById(session.selected.mailbox)
  return `${row?.mailboxId} ${row?.uidValidity} ${name}`
}

/** Expunged messages linger; when they are most of it, it is made anew. */
const isStale = (session: Session, grown: Grown): boolean => {
  const messages = session.mail.mailboxById(session.selected.mailbox)?.messages ?? 0
  return grown.uids.length > 2 * messages + 1_000
}

const bound = (): void => {
  let cost = 0
  for (const grown of kept.values()) cost += grown.cost
  for (const [key, grown] of kept) {
    if (cost <= mostCost || kept.size === 1) return
    kept.delete(key)
    cost -= grown.cost
  }
}

interface Making<Kind extends Grown> {
  make: () => Kind
  grow: (grown: Kind, facts: readonly OrderFacts[]) => Promise<void>
}

/** With everything in it that this session has been told of. */
const wholeOf = async <Kind extends Grown>(
  session: Session,
  name: string,
  { make, grow }: Making<Kind>,
): Promise<Kind> => {
  const key = keyFor(session, name)
  const known = kept.get(key) as Kind | undefined
  const grown = known && !isStale(session, known) ? known : make()
  kept.delete(key)
  kept.set(key, grown)
  const { uids } = session.selected
  await grown.extend(async () => {
    const fresh = uids.slice(firstAbove(uids, grown.last))
    if (fresh.length > 0) await grow(grown, await factsOf(session, fresh))
  })
  bound()
  return grown
}

const firstAbove = (uids: readonly number[], last: number): number => {
  let at = uids.length
  while (at > 0 && (uids[at - 1] as number) > last) at -= 1
  return at
}

const fewOf = 8

/** Few of many messages are read for themselves, and not kept. */
const knownOf = async <Kind extends Grown>(
  session: Session,
  { name, uids }: { name: string; uids: readonly number[] },
  making: Making<Kind>,
): Promise<Kind> => {
  const areFew = uids.length * fewOf < session.selected.uids.length
  if (!areFew || kept.has(keyFor(session, name))) return wholeOf(session, name, making)
  const grown = making.make()
  await making.grow(grown, await factsOf(session, uids))
  return grown
}

const breatheEvery = 250

/** The column of a sort key, with at least `uids` in it. */
export const columnOf = (
  session: Session,
  wanted: { name: string; uids: readonly number[] },
  valueOf: (fact: OrderFacts) => Value,
): Promise<Column> =>
  knownOf(session, wanted, {
    make: () => new Column(),
    grow: async (column, facts) => {
      const values: { uid: number; value: Value }[] = []
      for (const fact of facts) {
        if (values.push({ uid: fact.uid, value: valueOf(fact) }) % breatheEvery === 0)
          await session.out.breathe()
      }
      await column.add(values, () => session.out.breathe())
    },
  })

/** Who answers whom, with at least `uids` in it. */
export const chainsOf = (session: Session, uids: readonly number[]): Promise<Chains> =>
  knownOf(
    session,
    { name: 'thread', uids },
    {
      make: () => new Chains(),
      grow: async (chains, facts) => {
        for (const [at, fact] of facts.entries()) {
          chains.add(fact)
          if (at % breatheEvery === 0) await session.out.breathe()
        }
      },
    },
  )
