// RFC 9051 section 6.4.5, with CHANGEDSINCE and VANISHED (RFC 7162 sections 3.1.4, 3.2.6), BINARY (RFC 3516),
// PREVIEW (RFC 8970), OBJECTID (RFC 8474) and SAVEDATE (RFC 8514).
import { bad, define, no, ok, selected, type Reply } from '../command'
import { UnknownEncoding } from '../fetch/binary'
import { tellAll } from '../fetch/tell'
import { readFetchItems, type FetchItem } from '../grammar/fetch-items'
import { readSet, writeSet, type SequenceSet } from '../grammar/set'
import type { Session } from '../session'
import type { Scanner } from '../wire/scanner'
import { enableCondstore } from './condstore'
import type { By } from './copy'

interface Wish {
  set: SequenceSet
  items: FetchItem[]
  changedSince: number | null
  vanished: 'asked' | 'not asked'
}

const readModifiers = (scanner: Scanner, wish: Wish): void => {
  const modifier = () => {
    if (scanner.takeWord('CHANGEDSINCE')) {
      scanner.space()
      wish.changedSince = scanner.number('a mod-sequence')
    } else if (scanner.takeWord('VANISHED')) wish.vanished = 'asked'
    else scanner.fail('CHANGEDSINCE or VANISHED')
  }
  scanner.list(modifier, { least: 1, most: 4 })
}

const readFetch =
  (by: By) =>
  (scanner: Scanner, session: Session): Wish => {
    scanner.space()
    const set = readSet(scanner)
    scanner.space()
    const wish: Wish = { set, items: readFetchItems(scanner), changedSince: null, vanished: 'not asked' }
    if (scanner.take(' ')) readModifiers(scanner, wish)
    scanner.end()
    const allowed = by === 'uid' && session.enabled.has('QRESYNC') && wish.changedSince !== null
    // RFC 7162 section 3.2.6
    if (wish.vanished === 'asked' && !allowed)
      scanner.fail('VANISHED only in UID FETCH with CHANGEDSINCE and QRESYNC')
    if (wish.changedSince !== null) addItem(wish.items, 'modseq')
    if (by === 'uid') addItem(wish.items, 'uid')
    return wish
  }

const has = (items: readonly FetchItem[], name: FetchItem['item']): boolean =>
  items.some(({ item }) => item === name)

const addItem = (items: FetchItem[], name: 'uid' | 'modseq' | 'flags'): void => {
  if (!has(items, name)) items.unshift({ item: name })
}

const run =
  (by: By) =>
  async (session: Session, { set, items, changedSince, vanished }: Wish): Promise<Reply> => {
    const view = session.selected
    if (changedSince !== null || has(items, 'modseq')) enableCondstore(session)
    let uids = view.resolve(set, by)
    if (!uids) return bad('there is no message of that number')
    if (changedSince !== null) {
      const changed = new Set(session.mail.changedUids(view.mailbox, changedSince))
      uids = uids.filter((uid) => changed.has(uid))
      if (vanished === 'asked') tellVanished(session, set, changedSince)
    }
    try {
      const missing = await tellAll(session, uids, items)
      return missing > 0 && by === 'sequence' ? no('some messages are gone', 'EXPUNGEISSUED') : ok('fetched')
    } catch (error) {
      if (error instanceof UnknownEncoding) return no('cannot decode that part', 'UNKNOWN-CTE')
      throw error
    }
  }

/** RFC 7162 section 3.2.6: what of the set has gone since then, whether or not this session ever saw it. */
const tellVanished = (session: Session, set: SequenceSet, since: number): void => {
  const view = session.selected
  const ranges = view.ranges(set, 'uid') ?? []
  const gone = session.mail
    .expungedSince(view.mailbox, since)
    .filter((uid) => ranges.some(([from, to]) => uid >= from && uid <= to))
  if (gone.length > 0) session.untagged(`VANISHED (EARLIER) ${writeSet(gone)}`)
}

export const fetch = define({
  name: 'FETCH',
  states: selected,
  capabilities: ['BINARY', 'PREVIEW', 'SAVEDATE'],
  expunges: 'wait',
  parse: readFetch('sequence'),
  run: run('sequence'),
})
export const uidFetch = define({
  name: 'UID FETCH',
  states: selected,
  parse: readFetch('uid'),
  run: run('uid'),
})
