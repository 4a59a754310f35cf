import { roles } from '@/lib/model/folder-id'
import type { Mailbox } from '@/lib/model/mailbox'

export interface FolderNode {
  mailbox: Mailbox
  depth: number
  children: FolderNode[]
}

export interface FolderTree {
  special: FolderNode[]
  folders: FolderNode[]
  /** What other people share (RFC 2342). */
  others: FolderNode[]
  shared: FolderNode[]
}

/** A tree deeper than this is drawn no further to the right: names must stay readable. */
export const deepest = 6

const byName = (a: Mailbox, b: Mailbox): number => a.name.localeCompare(b.name, undefined, { numeric: true })

const isShown = ({ role, subscribed }: Mailbox): boolean => role !== null || subscribed

/** A folder that is not shown still stands where one in it is. */
const pruned = (nodes: FolderNode[]): FolderNode[] =>
  nodes.flatMap((node) => {
    const children = pruned(node.children)
    return children.length > 0 || isShown(node.mailbox) ? [{ ...node, children }] : []
  })

const grown = (mailboxes: readonly Mailbox[]): FolderTree => {
  const byId = new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox]))
  const childrenOf = new Map<string, Mailbox[]>()
  const top: Mailbox[] = []
  for (const mailbox of mailboxes) {
    if (mailbox.role) continue
    const parent = mailbox.parent ? byId.get(mailbox.parent) : undefined
    if (!parent || parent.role === 'inbox') top.push(mailbox)
    else childrenOf.set(parent.id, [...(childrenOf.get(parent.id) ?? []), mailbox])
  }
  const seen = new Set<string>()
  const node = (mailbox: Mailbox, depth: number): FolderNode => {
    seen.add(mailbox.id)
    const children = (childrenOf.get(mailbox.id) ?? []).filter(({ id }) => !seen.has(id)).sort(byName)
    return {
      mailbox,
      depth: Math.min(depth, deepest),
      children: children.map((child) => node(child, depth + 1)),
    }
  }
  const special = roles.flatMap((role) => mailboxes.find((mailbox) => mailbox.role === role) ?? [])
  const specialNodes = special.map((mailbox) => node(mailbox, 0))
  const roots = top.sort(byName).map((mailbox) => node(mailbox, 0))
  const circling = mailboxes.flatMap((mailbox) =>
    mailbox.role || seen.has(mailbox.id) ? [] : node(mailbox, 0),
  )
  const of = (owner: Mailbox['owner']) =>
    [...roots, ...circling].filter(({ mailbox }) => mailbox.owner === owner)
  return { special: specialNodes, folders: of('me'), others: of('other'), shared: of('shared') }
}

/**
 * Special folders in fixed order, then the others by name, then what others share. What lies below the inbox stands
 * at the top level, because many servers keep every folder there; a circle or a missing parent ends at the top too.
 */
export const folderTree = (mailboxes: readonly Mailbox[], wanted: 'shown' | 'all' = 'shown'): FolderTree => {
  const tree = grown(mailboxes)
  if (wanted === 'all') return tree
  const { special, folders, others, shared } = tree
  return {
    special: pruned(special),
    folders: pruned(folders),
    others: pruned(others),
    shared: pruned(shared),
  }
}

/** Its folders in the order they are drawn. */
export const inOrder = ({ special, folders, others, shared }: FolderTree): FolderNode[] => {
  const flat = (nodes: FolderNode[]): FolderNode[] => nodes.flatMap((node) => [node, ...flat(node.children)])
  return flat([...special, ...folders, ...others, ...shared])
}
