// RFC 9051 section 6.4.7, COPYUID (RFC 4315)
import { bad, define, no, ok, selected, type Reply } from '../command'
import { readSet, writeSet, type SequenceSet } from '../grammar/set'
import { readMailbox } from '../grammar/utf7'
import type { Session } from '../session'
import type { Scanner } from '../wire/scanner'

export interface Transfer {
  set: SequenceSet
  name: string
}
export type By = 'uid' | 'sequence'

export const readTransfer = (scanner: Scanner, session: Session): Transfer => {
  scanner.space()
  const set = readSet(scanner)
  scanner.space()
  const name = readMailbox(scanner, session.nameForm)
  scanner.end()
  return { set, name }
}

export interface Resolved {
  from: number
  uids: number[]
  to: number
}

/** The messages that are still there and the mailbox they go to, or the refusal. */
export const resolveTransfer = (session: Session, wish: Transfer, by: By): Resolved | Reply => {
  const view = session.selected
  const named = view.resolve(wish.set, by)
  if (!named) return bad('there is no message of that number')
  const target = session.mail.mailbox(wish.name)
  if (!target?.selectable) return no('there is no such mailbox', 'TRYCREATE')
  const uids = named.filter((uid) => !view.isGone(uid))
  // RFC 2180 section 4.4.1: all or nothing, when numbers name messages that another session expunged.
  if (by === 'sequence' && uids.length < named.length) return no('some messages are gone', 'EXPUNGEISSUED')
  return { from: view.mailbox, uids, to: target.id }
}

export const copyCode = (uidValidity: number, from: readonly number[], to: readonly number[]): string =>
  `COPYUID ${uidValidity} ${writeSet(from)} ${writeSet(to)}`

const run =
  (by: By) =>
  async (session: Session, wish: Transfer): Promise<Reply> => {
    const resolved = resolveTransfer(session, wish, by)
    if ('status' in resolved) return resolved
    const { from, uids, to } = resolved
    // RFC 4315 section 3: nothing copied, no COPYUID.
    if (uids.length === 0) return ok('nothing to copy')
    const copied = await session.mail.copy(from, uids, to)
    return ok('copied', copyCode(copied.uidValidity, uids, copied.uids))
  }

export const copy = define({ name: 'COPY', states: selected, parse: readTransfer, run: run('sequence') })
export const uidCopy = define({ name: 'UID COPY', states: selected, parse: readTransfer, run: run('uid') })
