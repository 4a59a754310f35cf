// THREAD=REFERENCES (RFC 5256 section 3), steps 1 to 6: the References of every message tie it to its ancestors, those
// that are not here included; then what nobody needs is pruned and threads of one subject are joined.
//
// Invariants: no circle; no recursion, for a hostile chain may be as long as a mailbox; every loop over messages
// gives way to other connections.
import { byDate, firstOf, type Branch, type Message } from './thread'

type Breathe = () => Promise<void>

/** A place in the tree; without a message it stands for one that others name and that is not here. */
interface Place {
  message: Message | null
  parent: Place | null
  children: Set<Place>
}

/** Deeper than any conversation of people, and a bound on what one message can cost. */
const deepest = 2_000
const breatheEvery = 200

const emptyPlace = (message: Message | null): Place => ({ message, parent: null, children: new Set() })

/** Would `child` under `parent` close a circle, or grow deeper than we go? */
const forbidden = (parent: Place, child: Place): boolean => {
  let above: Place | null = parent
  for (let step = 0; above; step += 1) {
    if (above === child || step >= deepest) return true
    above = above.parent
  }
  return false
}

const attach = (parent: Place, child: Place): void => {
  child.parent?.children.delete(child)
  child.parent = parent
  parent.children.add(child)
}

/** Step 1: links that are there stay, but the last of a message's own References is its parent. */
const link = (places: Map<string, Place>, message: Message): Place => {
  const known = message.messageId === null ? undefined : places.get(message.messageId)
  // "If a message does not contain a valid Message ID, or it is not unique, assign a unique one."
  const own = known && !known.message ? known : emptyPlace(message)
  own.message = message
  if (message.messageId !== null && !known) places.set(message.messageId, own)
  let last: Place | null = null
  for (const id of message.ancestors) {
    const place = places.get(id) ?? emptyPlace(null)
    places.set(id, place)
    if (last && !place.parent && !forbidden(last, place)) attach(last, place)
    last = place
  }
  if (last && own.parent !== last && !forbidden(last, own)) attach(last, own)
  return own
}

const linkAll = async (messages: readonly Message[], breathe: Breathe): Promise<Place[]> => {
  const places = new Map<string, Place>()
  const own: Place[] = []
  for (const message of messages) {
    if (own.push(link(places, message)) % breatheEvery === 0) await breathe()
  }
  const all = new Set([...places.values(), ...own])
  return [...all].filter(({ parent }) => parent === null)
}

/** Every place, parents before their children. */
const downwards = (roots: readonly Place[]): Place[] => {
  const order = [...roots]
  for (let at = 0; at < order.length; at += 1) for (const child of order[at]!.children) order.push(child)
  return order
}

/** Step 3: who is not here and has no children goes; else the children take the place, at the top only one may. */
const prune = async (roots: readonly Place[], breathe: Breathe): Promise<Branch[]> => {
  const branches = new Map<Place, Branch>()
  let count = 0
  for (const place of downwards(roots).reverse()) {
    const children: Branch[] = []
    for (const child of place.children) {
      const branch = branches.get(child) as Branch
      if (branch.message) children.push(branch)
      else for (const grandchild of branch.children) children.push(grandchild)
    }
    branches.set(place, { message: place.message, children: sortBranches(children) })
    if ((count += 1) % breatheEvery === 0) await breathe()
  }
  return roots.flatMap((root) => {
    const branch = branches.get(root) as Branch
    return branch.message || branch.children.length > 1 ? [branch] : branch.children
  })
}

const sortBranches = (branches: Branch[]): Branch[] => branches.sort((a, b) => byDate(firstOf(a), firstOf(b)))

/** Step 5: threads of one base subject are joined; an answer goes under what it answers. */
const joinSubjects = (roots: readonly Branch[]): Branch[] => {
  const table = new Map<string, Branch>()
  for (const root of roots) {
    const { subject, kind } = firstOf(root)
    const held = table.get(subject)
    const better =
      !held || (!root.message && held.message) || (kind === 'original' && firstOf(held).kind === 'answer')
    if (subject !== '' && better) table.set(subject, root)
  }
  return roots.filter((root) => {
    const into = table.get(firstOf(root).subject)
    if (!into || into === root) return true
    join(into, root)
    return false
  })
}

const join = (into: Branch, root: Branch): void => {
  if (!into.message && !root.message) into.children.push(...root.children)
  else if (!into.message) into.children.push(root)
  else if (firstOf(into).kind === 'original' && firstOf(root).kind === 'answer') into.children.push(root)
  else {
    const former: Branch = { message: into.message, children: into.children }
    into.message = null
    into.children = [former, root]
  }
}

export const references = async (messages: readonly Message[], breathe: Breathe): Promise<Branch[]> => {
  const pruned = await prune(await linkAll(messages, breathe), breathe)
  const roots = joinSubjects(sortBranches(pruned))
  // Step 6: what was joined is in order again.
  for (const root of roots) sortBranches(root.children)
  return sortBranches(roots)
}
