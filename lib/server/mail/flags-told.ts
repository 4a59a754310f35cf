import 'server-only'
import { fetchItems, flagsOfFetch, uidOfFetch } from './data'
import type { Untagged } from './wire'

// The flags that one connection was told of the mailbox it has open. Invariants:
// - only what the server said on this very connection since it opened the mailbox is here; whatever may have changed
//   without a word that names a UID (STORE with .SILENT, a FETCH without UID) empties it;
// - a server SHOULD tell changes of its own accord (RFC 9051 section 5.2) and all known ones do, but it need not: so
//   nothing is believed for longer than `believedMs`;
// - whoever reads it has let the server speak before (NOOP), and takes it for no newer than that.

const believedMs = 10_000
/** A connection that looks at a mailbox of a hundred thousand keeps what it looked at last. */
const mostKept = 2000

interface Told {
  flags: string[]
  at: number
}

export interface FlagsTold {
  note(fetch: Untagged): void
  forget(uids: readonly number[]): void
  forgetAll(): void
  of(uid: number): string[] | null
}

export const flagsTold = (now: () => number = Date.now): FlagsTold => {
  const kept = new Map<number, Told>()
  return {
    note: ({ tokens }) => {
      const items = fetchItems(tokens)
      const flags = flagsOfFetch(items)
      const uid = uidOfFetch(items)
      if (!flags) return
      if (!uid) return kept.clear()
      // Told last stands last: what is dropped was told first.
      kept.delete(uid)
      kept.set(uid, { flags, at: now() })
      const oldest = kept.size > mostKept ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
    },
    forget: (uids) => uids.forEach((uid) => kept.delete(uid)),
    forgetAll: () => kept.clear(),
    of: (uid) => {
      const told = kept.get(uid)
      return told && now() - told.at < believedMs ? told.flags : null
    },
  }
}
