import 'server-only'
import { once } from '../once'

// Whether anything has happened to an account's mail, as far as this process knows. Invariants:
// - whatever a server told of a message of the folder that a connection has open, and whatever was asked of one that may change it, moves the account's mark on;
// - of an account that is not known any more it is known that its mark is no older than the last that was forgotten.

interface Marks {
  of: Map<string, number>
  last: number
  forgotten: number
}

const most = 10_000
const marks = once<Marks>('mail-stirred', () => ({ of: new Map(), last: 0, forgotten: 0 }))

export const stir = (key: string): void => {
  marks.of.delete(key)
  marks.of.set(key, ++marks.last)
  if (marks.of.size <= most) return
  const [[oldest, mark] = ['', 0]] = marks.of
  marks.of.delete(oldest)
  marks.forgotten = Math.max(marks.forgotten, mark)
}

/** Another number after whatever happened. */
export const stirred = (key: string): number => marks.of.get(key) ?? marks.forgotten
