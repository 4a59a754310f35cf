// THREAD (RFC 5256 section 3): what both algorithms work on, ORDEREDSUBJECT, and the answer's text.
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

/** A null message is a parent that is not in the mailbox. */
export interface Branch {
  message: Message | null
  children: Branch[]
}

export const byDate = (a: Message, b: Message): number => a.date - b.date || a.uid - b.uid

const groupBy = (messages: readonly Message[], keyOf: (message: Message) => string): Message[][] => {
  const groups = new Map<string, Message[]>()
  for (const message of messages) {
    const key = keyOf(message)
    const group = groups.get(key)
    if (group) group.push(message)
    else groups.set(key, [message])
  }
  return [...groups.values()]
}

const leaf = (message: Message): Branch => ({ message, children: [] })

/** One base subject is one thread: the first message, and the others as its children. */
export const orderedSubject = (messages: readonly Message[]): Promise<Branch[]> =>
  Promise.resolve(
    groupBy(messages.toSorted(byDate), ({ subject }) => subject).map(([first, ...rest]) => ({
      message: first as Message,
      children: rest.map(leaf),
    })),
  )

/** A thread without its root has the date and subject of its first child. */
export const firstOf = (branch: Branch): Message => branch.message ?? firstOf(branch.children[0] as Branch)

/** `(1)(2 3 (4)(5 6))`; written without recursion into depth, for a hostile chain may be as long as a mailbox. */
export const writeThreads = (branches: readonly Branch[], numberOf: (uid: number) => number): string => {
  const pieces: string[] = []
  const work: (Branch | string)[] = []
  const open = (branch: Branch) => work.push(')', branch, '(')
  for (const branch of branches) {
    open(branch)
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      if (typeof next === 'string') {
        pieces.push(next)
        continue
      }
      if (next.message) pieces.push(String(numberOf(next.message.uid)))
      const [only] = next.children
      if (next.children.length > 0 && next.message) pieces.push(' ')
      // RFC 5256 section 4: a single child goes on in the same parentheses.
      if (next.children.length === 1 && only) work.push(only)
      else for (const child of next.children.toReversed()) open(child)
    }
  }
  return pieces.join('')
}
