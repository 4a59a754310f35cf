// THREAD (RFC 5256 section 3): what both algorithms work on, and the answer's text.
import type { OrderFacts } from '../../store/contract'
import { readEnvelope } from './envelope'
import { sentAt } from './facts'
import { baseSubject } from './subject'

export interface Message {
  uid: number
  date: number
  subject: string
  kind: 'original' | 'answer'
  messageId: string | null
  /** Oldest first. */
  ancestors: readonly string[]
}

export const messageOf = (fact: OrderFacts): Message => {
  const envelope = readEnvelope(fact.envelope)
  const { text, kind } = baseSubject(envelope.subject)
  const idIn = (field: string | null) => /<[^<>\s]+>/.exec(field ?? '')?.[0] ?? null
  // What arrived before the store kept References: the envelope alone tells.
  const answered = fact.ancestors ? null : idIn(envelope.inReplyTo)
  return {
    uid: fact.uid,
    date: sentAt(fact),
    subject: text,
    kind,
    messageId: fact.ancestors ? fact.messageId : idIn(envelope.messageId),
    ancestors: fact.ancestors ?? (answered ? [answered] : []),
  }
}

/** Trees of places, each a number. */
export interface Forest {
  roots: readonly number[]
  /** Of a place, its children in order. */
  children: readonly (readonly number[] | undefined)[]
  /** Of a place, the position of its message, or -1 where others name one that is not in the mailbox. */
  message: Int32Array
}

/** `(1)(2 3 (4)(5 6))`; written without recursion into depth, for a hostile chain may be as long as a mailbox. */
export const writeThreads = (
  { roots, children, message }: Forest,
  numberOf: (position: number) => number,
): string => {
  const pieces: string[] = []
  // Negative: a parenthesis to write; else a place.
  const [opening, closing] = [-1, -2]
  const work: number[] = []
  for (const root of roots) {
    work.push(closing, root, opening)
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      if (next < 0) {
        pieces.push(next === opening ? '(' : ')')
        continue
      }
      const own = message[next] as number
      const below = children[next] ?? []
      if (own >= 0) pieces.push(below.length > 0 ? `${numberOf(own)} ` : String(numberOf(own)))
      // RFC 5256 section 4: a single child goes on in the same parentheses.
      if (below.length === 1) work.push(below[0] as number)
      else for (let at = below.length - 1; at >= 0; at -= 1) work.push(closing, below[at] as number, opening)
    }
  }
  return pieces.join('')
}
