import 'server-only'
import type { Draft, Elsewhere } from '@/lib/model/draft'
import { AppError, type ErrorCode } from '@/lib/model/errors'
import type { MessageId } from '@/lib/model/message-id'
import type { Account } from '../mail/account'
import { type Versions, versionsOf } from '../mail/drafts'
import { findFolder } from '../mail/mailboxes'

// What became of a draft while it was written here. Nothing of another writer is ever replaced or removed: it is
// told of, and the person decides.

type Known = Pick<Draft, 'draft' | 'lineage'>

export interface Found {
  elsewhere: Elsewhere
  /** Versions of this window's own that a newer one takes the place of. */
  outdated: MessageId[]
}

const nothing = { is: 'nothing' } as const

/** Servers that cannot search headers keep drafts all the same. */
const harmless = new Set<ErrorCode>(['mailbox-gone', 'mailbox-changed', 'refused-by-server'])

const unlessRefused = async (look: () => Promise<Versions>): Promise<Versions | null> => {
  try {
    return await look()
  } catch (cause) {
    if (cause instanceof AppError && harmless.has(cause.code)) return null
    throw cause
  }
}

/** `filed`: the version that was just put there; before a send there is none. */
export const whatBecameOf = async (
  who: Account,
  { draft, lineage }: Known,
  filed: MessageId | null,
): Promise<Found> => {
  const old = draft?.folder === 'drafts' ? draft.message : null
  const known = old ?? filed
  if (!lineage || !known) return { elsewhere: nothing, outdated: old ? [old] : [] }
  const versions = await unlessRefused(async () =>
    versionsOf(who, { path: await findFolder(who, 'drafts'), known, lineage }),
  )
  if (!versions) return { elsewhere: nothing, outdated: old ? [old] : [] }
  const own = versions.own.filter((id) => id !== filed)
  const outdated = old && versions.known === 'there' ? [old, ...own] : own
  if (versions.others.length > 0) return { elsewhere: { is: 'changed', others: versions.others }, outdated }
  const isGone = old !== null && outdated.length === 0
  return { elsewhere: isGone ? { is: 'gone' } : nothing, outdated }
}

/** A message must be able to leave while its mailbox is slow or away. */
const longestLookMs = 2000

/** Refuses what another window wrote on, sent or deleted meanwhile; not knowing is no reason to refuse. */
export const refuseChanged = async (who: Account, message: Known): Promise<void> => {
  if (!message.lineage || message.draft?.folder !== 'drafts') return
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), longestLookMs)))
  const look = whatBecameOf(who, message, null).catch(() => null)
  const found = await Promise.race([look, late]).finally(() => clearTimeout(timer))
  if (found && found.elsewhere.is !== 'nothing') throw new AppError('draft-changed')
}
