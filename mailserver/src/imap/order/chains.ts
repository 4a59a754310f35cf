// Who answers whom in a mailbox, as numbers: ids and subjects are numbered when first met, so that threading
// 100,000 messages compares no strings. Kept and extended as the columns of SORT are.
import { randomInt } from 'node:crypto'
import type { OrderFacts } from '../../store/contract'
import { Grown } from './column'
import { messageOf, type Message } from './thread'

const seed = randomInt(2 ** 31)

/** 53 bits that a stranger cannot aim at; who wants into a conversation has only to name one of its ids. */
const digest = (text: string): number => {
  let low = seed | 0
  let high = ~seed
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ code ^ (low >>> 15), 0x85ebca6b)
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0)
}

class Numbers {
  private readonly known = new Map<number, number>()
  of(text: string): number {
    const key = digest(text)
    const number = this.known.get(key)
    if (number !== undefined) return number
    this.known.set(key, this.known.size)
    return this.known.size - 1
  }
  get size(): number {
    return this.known.size
  }
}

const none = -1

export class Chains extends Grown {
  readonly dates: number[] = []
  /** Number of the base subject, -1 for an empty one. */
  readonly subjects: number[] = []
  readonly kinds: Message['kind'][] = []
  /** Number of the message's own id, -1 without one. */
  readonly own: number[] = []
  readonly ancestors: (readonly number[])[] = []
  private readonly ids = new Numbers()
  private readonly words = new Numbers()

  /** Ids met so far, of messages and of those they name. */
  get idCount(): number {
    return this.ids.size
  }

  add(fact: OrderFacts): void {
    const { uid, date, subject, kind, messageId, ancestors } = messageOf(fact)
    this.uids.push(uid)
    this.dates.push(date)
    this.subjects.push(subject === '' ? none : this.words.of(subject))
    this.kinds.push(kind)
    this.own.push(messageId === null ? none : this.ids.of(messageId))
    this.ancestors.push(ancestors.length === 0 ? noAncestors : ancestors.map((id) => this.ids.of(id)))
    this.cost += 140 + 8 * ancestors.length
  }
}

const noAncestors: readonly number[] = []
