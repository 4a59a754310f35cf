import 'server-only'
import type { Draft, Elsewhere, Lineage } from '@/lib/model/draft'
import { AppError, type ErrorCode } from '@/lib/model/errors'
import { type MessageId, uidOf } from '@/lib/model/message-id'
import type { Account } from '../mail/account'
import { type Version, type Versions, versionsOf } from '../mail/drafts'
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

/** `beside`: as new as this one, as far as can be told. */
type Age = 'older' | 'later' | 'beside' | 'of another'

/** Of the same window it is by what it had changed: a save whose connection broke may be filed after the next one. */
const ageOf = ({ id, writer, count }: Version, by: Lineage, filed: MessageId | null): Age => {
  const { before } = by
  if (before && writer === before.writer)
    return count !== null && count <= before.count ? 'older' : 'of another'
  if (writer !== by.writer) return 'of another'
  if (count !== null && by.count !== undefined && count !== by.count)
    return count < by.count ? 'older' : 'later'
  return filed === null || uidOf(id) < uidOf(filed) ? 'older' : 'beside'
}

/** `filed`: the version that was just put there; before a send there is none. */
export const whatBecameOf = async (
  who: Account,
  { draft, lineage }: Known,
  filed: MessageId | null,
): Promise<Found> => {
  const old = draft?.folder === 'drafts' ? draft.message : null
  const unseen = { elsewhere: nothing, outdated: old ? [old] : [] }
  if (!lineage) return unseen
  const versions = await unlessRefused(async () =>
    versionsOf(who, { path: await findFolder(who, 'drafts'), known: old ?? filed, key: lineage.key }),
  )
  if (!versions) return unseen
  const more = versions.more.filter(({ id }) => id !== filed)
  const of = (age: Age) => more.filter((one) => ageOf(one, lineage, filed) === age).map(({ id }) => id)
  const isLate = filed !== null && of('later').length > 0
  const outdated = isLate ? [filed] : [...(old && versions.known === 'there' ? [old] : []), ...of('older')]
  const others = of('of another').slice(-mostTold)
  if (others.length > 0) return { elsewhere: { is: 'changed', others }, outdated }
  const isGone = old !== null && outdated.length + of('later').length === 0
  return { elsewhere: isGone ? { is: 'gone' } : nothing, outdated }
}

const mostTold = 20

/** A message must be able to leave while its mailbox is slow or away. */
const longestLookMs = 2000

/**
 * Refuses what another window wrote on, sent or deleted meanwhile; not knowing is no reason to refuse. The versions that
 * are sent with this message: what is written after this moment is none of them.
 */
export const refuseChanged = async (who: Account, message: Known): Promise<MessageId[]> => {
  const { draft, lineage } = message
  const named = draft ? [draft.message] : []
  if (!lineage || (draft && draft.folder !== 'drafts')) return named
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), longestLookMs)))
  const look = whatBecameOf(who, message, null).catch(() => null)
  const found = await Promise.race([look, late]).finally(() => clearTimeout(timer))
  if (!found) return named
  if (found.elsewhere.is !== 'nothing') throw new AppError('draft-changed')
  return found.outdated
}
