// Numbers of the messages of a mailbox, beside their UIDs.
import type { Session } from '../session'
import { lowerBound, type View } from '../view'
import { isKept, keep, type Grown } from './kept'
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

interface Reader {
  session: Session
  view: View
}

const extend = async ({ session, view }: Reader, numbers: Numbers, which: Which): Promise<void> => {
  const highest = view.uids[view.uids.length - 1] ?? 0
  while (numbers.last < highest && session.view === view) {
    const { mailbox, uids } = view
    const first = lowerBound(uids, numbers.last + 1)
    const known = uids.slice(first, first + atOnce)
    const to = known[known.length - 1] as number
    const range = { from: numbers.last + 1, to }
    const values = session.mail.numbers(mailbox, which, range)
    // RFC 9051 section 2.3.1.1: none comes below another, and what went stays away: as many are the same ones. Else both
    // columns are read in one turn, so that they are of the same messages.
    const fresh = values.length === known.length ? known : session.mail.numbers(mailbox, 'uid', range)
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

const keyOf = (session: Session, view: View, which: Which): string => {
  const box = session.mail.mailboxById(view.mailbox)
  return `${box?.mailboxId} ${box?.uidValidity} ${which}`
}

const wholeOf = ({ session, view }: Reader, which: Which): Promise<Numbers> =>
  keep({
    key: keyOf(session, view, which),
    make: async () => new Numbers(),
    alive: () => session.mail.mailboxById(view.mailbox)?.messages ?? 0,
    extend: (grown) => extend({ session, view }, grown, which),
  })

/** Of ascending UIDs of the selected mailbox, NaN for those that are gone. */
export const numbersOf = async (
  session: Session,
  uids: readonly number[],
  which: Which,
): Promise<Float64Array> => {
  const numbers = await wholeOf({ session, view: session.selected }, which)
  return valuesAt(numbers.values.values, positionsIn(numbers.uids, uids))
}

/** Numbers that somebody wanted of this mailbox lately, and may want again, learn what came since. */
export const catchUpNumbers = async (session: Session, view: View): Promise<void> => {
  for (const which of ['content', 'internal', 'size'] as const)
    if (session.view === view && isKept(keyOf(session, view, which))) await wholeOf({ session, view }, which)
}
