// RFC 9051 section 6.4.4: SEARCH with ESEARCH (RFC 4731), SEARCHRES (RFC 5182), WITHIN (RFC 5032), CONDSTORE
// (RFC 7162 section 3.1.5). Without RETURN the answer is the untagged SEARCH of RFC 3501 section 7.2.5.
import { asksModSeq, readCharset, readSearch, type SearchTree } from '../grammar/search-keys'
import { writeSet } from '../grammar/set'
import { quote } from '../grammar/utf7'
import { define, ok, selected, type Reply } from '../command'
import { toldOf } from '../fetch/tell'
import type { Session } from '../session'
import { numbersLine } from '../wire/numbers'
import type { Scanner } from '../wire/scanner'
import { enableCondstore } from './condstore'
import type { By } from './copy'
import { findMessages } from './search-program'

type Result = 'MIN' | 'MAX' | 'ALL' | 'COUNT' | 'SAVE'
const resultNames: readonly Result[] = ['MIN', 'MAX', 'ALL', 'COUNT', 'SAVE']

interface Wish {
  tree: SearchTree
  /** Null without RETURN; the tag goes into the ESEARCH answer. */
  results: ReadonlySet<Result> | null
  tag: string
}

export const readResults = (scanner: Scanner): Set<Result> => {
  const one = () => {
    const word = scanner.word('a result option')
    return resultNames.find((name) => name === word) ?? scanner.fail('a result option')
  }
  const results = new Set(scanner.list(one, { least: 0, most: 10 }))
  // RFC 4731 section 3.1: "RETURN ()" is "RETURN (ALL)".
  return results.size > 0 ? results : new Set(['ALL'])
}

const readWish = (scanner: Scanner, session: Session): Wish => {
  let results: Set<Result> | null = null
  scanner.space()
  if (scanner.takeWord('RETURN')) {
    scanner.space()
    results = readResults(scanner)
    scanner.space()
  }
  let charset = 'utf-8'
  if (scanner.takeWord('CHARSET')) {
    scanner.space()
    // RFC 5182 section 2.1: a search that ends in NO leaves nothing saved, and a charset we cannot read is a NO.
    if (results?.has('SAVE')) session.selected.saved = []
    charset = readCharset(scanner)
    scanner.space()
  }
  const tree = readSearch(scanner, charset)
  scanner.end()
  return { tree, results, tag: scanner.tag }
}

/** RFC 5182 section 2.1: with MIN or MAX alone, only those are saved. */
export const toSave = (uids: readonly number[], results: ReadonlySet<Result>): readonly number[] => {
  const first = uids[0]
  const last = uids[uids.length - 1]
  if (first === undefined || last === undefined || results.has('ALL') || results.has('COUNT')) return uids
  if (!results.has('MIN') && !results.has('MAX')) return uids
  const ends = [...(results.has('MIN') ? [first] : []), ...(results.has('MAX') ? [last] : [])]
  return [...new Set(ends)]
}

const atOnce = 500
const modSeqs = new Set(['modseq'] as const)

const highestModSeq = async (session: Session, uids: readonly number[]): Promise<string> => {
  let highest = 0
  for (let at = 0; at < uids.length; at += atOnce) {
    const { columns, records } = toldOf(session, uids.slice(at, at + atOnce), modSeqs)
    const where = columns.indexOf('modseq')
    for (const record of records) highest = Math.max(highest, record[where] as number)
    await session.out.breathe()
  }
  return highest > 0 ? `MODSEQ ${highest}` : ''
}

interface Found {
  uids: readonly number[]
  numbers: readonly number[]
  by: By
  modSeq: string
}

export const tellExtended = (
  session: Session,
  { numbers, by, modSeq }: Omit<Found, 'uids'>,
  { results, tag }: { results: ReadonlySet<Result>; tag: string },
): void => {
  const pieces = [`(TAG ${quote(tag)})`, ...(by === 'uid' ? ['UID'] : [])]
  if (numbers.length > 0) {
    // RFC 5267 section 3.1: of a sorted result, the ends of the order.
    if (results.has('MIN')) pieces.push(`MIN ${numbers[0]}`)
    if (results.has('MAX')) pieces.push(`MAX ${numbers[numbers.length - 1]}`)
    if (results.has('ALL')) pieces.push(`ALL ${writeSet(numbers)}`)
  }
  if (results.has('COUNT')) pieces.push(`COUNT ${numbers.length}`)
  if (modSeq) pieces.push(modSeq)
  session.untagged(`ESEARCH ${pieces.join(' ')}`)
}

export const tellNumbers = (
  session: Session,
  name: 'SEARCH' | 'SORT',
  { numbers, modSeq }: Pick<Found, 'numbers' | 'modSeq'>,
): void => {
  session.out.write(numbersLine(`* ${name}`, numbers))
  session.out.write(modSeq ? ` (${modSeq})\r\n` : '\r\n')
}

const run =
  (by: By) =>
  async (session: Session, wish: Wish): Promise<Reply> => {
    const view = session.selected
    const withModSeq = asksModSeq(wish.tree)
    if (withModSeq) enableCondstore(session)
    const { results } = wish
    const uids = await findMessages(session, wish.tree).catch((error: unknown) => {
      // RFC 5182 section 2.1: a search that fails leaves nothing saved.
      if (results?.has('SAVE')) view.saved = []
      throw error
    })
    const numbers = by === 'uid' ? uids : uids.map((uid) => view.numberOf(uid))
    const modSeq = withModSeq ? await highestModSeq(session, uids) : ''
    if (!results) {
      tellNumbers(session, 'SEARCH', { numbers, modSeq })
      return ok('searched')
    }
    if (results.has('SAVE')) view.saved = toSave(uids, results)
    if (results.size > (results.has('SAVE') ? 1 : 0))
      tellExtended(session, { numbers, by, modSeq }, { results, tag: wish.tag })
    return ok('searched')
  }

export const search = define({
  name: 'SEARCH',
  states: selected,
  capabilities: ['ESEARCH', 'SEARCHRES', 'WITHIN'],
  expunges: 'wait',
  parse: readWish,
  run: run('sequence'),
})
export const uidSearch = define({ name: 'UID SEARCH', states: selected, parse: readWish, run: run('uid') })
