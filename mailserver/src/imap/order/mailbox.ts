// Numbers of the messages of a mailbox, beside their UIDs.
import type { Session } from '../session'
import { keep, type Grown } from './kept'
import { floats, positionsIn, valuesAt } from './numbers'

type Which = 'content' | 'internal' | 'size'

class Numbers implements Grown {
  readonly uids = floats()
  readonly values = floats()
  get cost() {
    return this.uids.cost + this.values.cost
  }
  get count() {
    return this.uids.length
  }
  get last() {
    return this.uids.last
  }
}

const atOnce = 5_000

const extend = async (session: Session, numbers: Numbers, which: Which): Promise<void> => {
  const { mailbox, uids } = session.selected
  const highest = uids[uids.length - 1] ?? 0
  while (numbers.last < highest) {
    // The view knows where a slice ends; both columns are read in one turn, so that they are of the same messages.
    const first = uids.findIndex((uid) => uid > numbers.last)
    const to = uids[Math.min(first + atOnce, uids.length) - 1] as number
    const range = { from: numbers.last + 1, to }
    const fresh = session.mail.numbers(mailbox, 'uid', range)
    const values = session.mail.numbers(mailbox, which, range)
    for (const uid of fresh) numbers.uids.push(uid)
    for (const value of values) numbers.values.push(value)
    // Whatever of it is gone: nothing up to there is asked for again.
    if (numbers.last < to) {
      numbers.uids.push(to)
      numbers.values.push(NaN)
    }
    await session.out.breathe()
  }
}

/** Of ascending UIDs of the selected mailbox, NaN for those that are gone. */
export const numbersOf = async (
  session: Session,
  uids: readonly number[],
  which: Which,
): Promise<Float64Array> => {
  const box = session.mail.mailboxById(session.selected.mailbox)
  const numbers = await keep({
    key: `${box?.mailboxId} ${box?.uidValidity} ${which}`,
    make: async () => new Numbers(),
    alive: () => box?.messages ?? 0,
    extend: (grown) => extend(session, grown, which),
  })
  return valuesAt(numbers.values.values, positionsIn(numbers.uids, uids))
}
