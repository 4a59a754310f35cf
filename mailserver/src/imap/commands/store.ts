// RFC 9051 section 6.4.6, with UNCHANGEDSINCE (RFC 7162 section 3.1.3)
import type { FlagChange, MessageRow } from '../../store/contract'
import { changeText, flagsText, knowsModSeq } from '../announce'
import { bad, define, no, ok, selected, type Reply } from '../command'
import { readFlags } from '../grammar/flags'
import { readSet, writeSet, type SequenceSet } from '../grammar/set'
import type { Session } from '../session'
import type { Scanner } from '../wire/scanner'
import { enableCondstore } from './condstore'
import type { By } from './copy'
import { readOnly } from './expunge'

interface Wish {
  set: SequenceSet
  change: FlagChange
  answer: 'told' | 'silent'
}

const ways = { '+': 'add', '-': 'remove', '': 'replace' } as const

const readUnchangedSince = (scanner: Scanner): number | null => {
  if (!scanner.take('(')) return null
  if (!scanner.takeWord('UNCHANGEDSINCE')) scanner.fail('UNCHANGEDSINCE')
  scanner.space()
  const modSeq = scanner.number('a mod-sequence')
  scanner.expect(')')
  scanner.space()
  return modSeq
}

const readStore = (scanner: Scanner): Wish => {
  scanner.space()
  const set = readSet(scanner)
  scanner.space()
  const unchangedSince = readUnchangedSince(scanner)
  const found = scanner.match(/([+-]?)FLAGS(\.SILENT)?(?= )/iy) ?? scanner.fail('FLAGS')
  scanner.space()
  const flags = readFlags(scanner)
  scanner.end()
  const how = ways[found[1] as keyof typeof ways]
  const change = { how, flags, ...(unchangedSince === null ? {} : { unchangedSince }) }
  return { set, change, answer: found[2] ? 'silent' : 'told' }
}

/** RFC 7162 section 3.1.3: even .SILENT is answered with the new mod-sequence. */
const answerRow = (
  session: Session,
  row: MessageRow,
  { answer, by }: { answer: Wish['answer']; by: By },
): void => {
  const number = session.selected.numberOf(row.uid)
  if (number === 0) return
  if (answer === 'told') {
    const text = by === 'uid' || knowsModSeq(session) ? changeText(session, row) : flagsText(row)
    session.untagged(`${number} FETCH (${text})`)
  } else if (knowsModSeq(session)) {
    session.untagged(`${number} FETCH (UID ${row.uid} MODSEQ (${row.modSeq}))`)
  }
}

const tellStored = async (
  session: Session,
  uids: readonly number[],
  told: { wish: Wish; by: By; changed: readonly MessageRow[] },
): Promise<void> => {
  const { wish, by, changed } = told
  const { answer } = wish
  const known = new Map(changed.map((row) => [row.uid, row]))
  for (const uid of answer === 'told' ? uids : known.keys()) {
    // RFC 9051 section 6.4.6: the new value is told even where nothing changed.
    const row = known.get(uid) ?? session.mail.row(session.selected.mailbox, uid)
    if (row) answerRow(session, row, { answer, by })
    await session.out.breathe()
  }
}

const run =
  (by: By) =>
  async (session: Session, wish: Wish): Promise<Reply> => {
    const view = session.selected
    if (view.access === 'read-only') return readOnly()
    if (wish.change.unchangedSince !== undefined) enableCondstore(session)
    const named = view.resolve(wish.set, by)
    if (!named) return bad('there is no message of that number')
    const uids = named.filter((uid) => !view.isGone(uid))
    const { rows, modified } = await session.mail.setFlags(view.mailbox, uids, wish.change)
    view.expect(rows)
    const refused = new Set(modified)
    await tellStored(session, refused.size > 0 ? uids.filter((uid) => !refused.has(uid)) : uids, {
      wish,
      by,
      changed: rows,
    })
    if (modified.length > 0) {
      const names = by === 'uid' ? modified : modified.map((uid) => view.numberOf(uid))
      return ok('some had changed meanwhile', `MODIFIED ${writeSet(names)}`)
    }
    // RFC 9051 section 6.4.9: a UID that is not there is passed over without a word.
    const missed = by === 'sequence' && uids.length < named.length
    return missed ? no('some messages are gone', 'EXPUNGEISSUED') : ok('stored')
  }

export const store = define({
  name: 'STORE',
  states: selected,
  expunges: 'wait',
  parse: readStore,
  run: run('sequence'),
})
export const uidStore = define({ name: 'UID STORE', states: selected, parse: readStore, run: run('uid') })
