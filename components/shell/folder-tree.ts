import { roles } from '@/lib/model/folder-id'
import type { Mailbox } from '@/lib/model/mailbox'

export interface FolderNode {
  mailbox: Mailbox
  depth: number
  children: FolderNode[]
}

/** A tree deeper than this is drawn no further to the right: names must stay readable. */
export const deepest = 6

const byName = (a: Mailbox, b: Mailbox): number => a.name.localeCompare(b.name, undefined, { numeric: true })

/**
 * Special folders in fixed order, then the others by name. What lies below the inbox stands at the top level,
 * because many servers keep every folder there; a circle or a missing parent ends at the top level too.
 */
export const folderTree = (
  mailboxes: readonly Mailbox[],
): { special: FolderNode[]; folders: FolderNode[] } => {
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
  const folders = top.sort(byName).map((mailbox) => node(mailbox, 0))
  const circling = mailboxes.flatMap((mailbox) =>
    mailbox.role || seen.has(mailbox.id) ? [] : node(mailbox, 0),
  )
  return { special: specialNodes, folders: [...folders, ...circling] }
}
