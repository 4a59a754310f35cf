// THREAD (RFC 5256 section 3): ORDEREDSUBJECT and REFERENCES. Who answers whom is known from In-Reply-To and from
// the thread id given at arrival, which followed the whole References header across folders.
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
  inReplyTo: string | null
  threadId: string
}

export const messageOf = (fact: OrderFacts): Message => {
  const envelope = readEnvelope(fact.envelope)
  const { text, kind } = baseSubject(envelope.subject)
  const id = /<[^<>\s]+>/
  return {
    uid: fact.uid,
    date: sentAt(fact),
    subject: text,
    kind,
    messageId: id.exec(envelope.messageId ?? '')?.[0] ?? null,
    inReplyTo: id.exec(envelope.inReplyTo ?? '')?.[0] ?? null,
    threadId: fact.threadId,
  }
}

/** A null message is a parent that is not in the mailbox. */
export interface Branch {
  message: Message | null
  children: Branch[]
}

const byDate = (a: Message, b: Message): number => a.date - b.date || a.uid - b.uid

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
export const orderedSubject = (messages: readonly Message[]): Branch[] =>
  groupBy(messages.toSorted(byDate), ({ subject }) => subject).map(([first, ...rest]) => ({
    message: first as Message,
    children: rest.map(leaf),
  }))

const firstOf = (branch: Branch): Message => branch.message ?? firstOf(branch.children[0] as Branch)

const sortBranches = (branches: Branch[]): Branch[] => branches.sort((a, b) => byDate(firstOf(a), firstOf(b)))

/** Messages of one thread: each under the one it answers, where that is here and no circle comes of it. */
const linkOne = (messages: readonly Message[]): Branch => {
  const branches = new Map(messages.map((message) => [message, leaf(message)]))
  const byId = new Map<string, Message>()
  for (const message of messages) {
    if (message.messageId && !byId.has(message.messageId)) byId.set(message.messageId, message)
  }
  const parents = new Map<Message, Message>()
  const roots: Branch[] = []
  for (const message of messages) {
    const parent = message.inReplyTo === null ? undefined : byId.get(message.inReplyTo)
    let ancestor = parent
    for (let step = 0; ancestor && ancestor !== message && step < messages.length; step += 1) {
      ancestor = parents.get(ancestor)
    }
    const branch = branches.get(message) as Branch
    if (!parent || ancestor) roots.push(branch)
    else {
      parents.set(message, parent)
      branches.get(parent)?.children.push(branch)
    }
  }
  for (const branch of branches.values()) sortBranches(branch.children)
  const only = roots.length === 1 ? roots[0] : undefined
  return only ?? { message: null, children: sortBranches(roots) }
}

const subjectOf = (branch: Branch): Message => firstOf(branch)

/** RFC 5256 section 3, step 5: threads of one base subject are joined. */
const joinSubjects = (roots: Branch[]): Branch[] => {
  const table = new Map<string, Branch>()
  for (const root of roots) {
    const { subject, kind } = subjectOf(root)
    const held = table.get(subject)
    const better =
      !held || (!root.message && held.message) || (kind === 'original' && subjectOf(held).kind === 'answer')
    if (subject !== '' && better) table.set(subject, root)
  }
  return roots.filter((root) => {
    const into = table.get(subjectOf(root).subject)
    if (!into || into === root) return true
    join(into, root)
    return false
  })
}

const join = (into: Branch, root: Branch): void => {
  if (!into.message && !root.message) into.children.push(...root.children)
  else if (!into.message) into.children.push(root)
  else if (subjectOf(into).kind === 'original' && subjectOf(root).kind === 'answer') into.children.push(root)
  else {
    const former: Branch = { message: into.message, children: into.children }
    into.message = null
    into.children = [former, root]
  }
}

export const references = (messages: readonly Message[]): Branch[] => {
  const linked = groupBy(messages.toSorted(byDate), ({ threadId }) => threadId).map(linkOne)
  const roots = joinSubjects(linked)
  for (const root of roots) sortBranches(root.children)
  return sortBranches(roots)
}

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
