// SORT (RFC 5256 section 3), ESORT's RETURN (RFC 5267 section 3), SORT=DISPLAY (RFC 5957).
import { define, ok, selected, type Reply } from '../command'
import { asksModSeq, readCharset, readSearch, type SearchTree } from '../grammar/search-keys'
import { sortMessages, sortNames, type SortKey } from '../order/sort'
import type { Session } from '../session'
import type { Scanner } from '../wire/scanner'
import { enableCondstore } from './condstore'
import type { By } from './copy'
import { findMessages } from './search-program'
import { readResults, tellExtended, tellNumbers, toSave } from './search'

interface Wish {
  keys: SortKey[]
  tree: SearchTree
  results: ReturnType<typeof readResults> | null
  tag: string
}

const readKey = (scanner: Scanner): SortKey => {
  const direction = scanner.takeWord('REVERSE') ? 'down' : 'up'
  if (direction === 'down') scanner.space()
  const word = scanner.word('a sort key')
  const name = sortNames.find((known) => known === word) ?? scanner.fail('a sort key')
  return { name, direction }
}

const readWish = (scanner: Scanner): Wish => {
  scanner.space()
  let results: Wish['results'] = null
  if (scanner.takeWord('RETURN')) {
    scanner.space()
    results = readResults(scanner)
    scanner.space()
  }
  const keys = scanner.list(() => readKey(scanner), { least: 1, most: 20 })
  scanner.space()
  const charset = readCharset(scanner)
  scanner.space()
  const tree = readSearch(scanner, charset)
  scanner.end()
  return { keys, tree, results, tag: scanner.tag }
}

const run =
  (by: By) =>
  async (session: Session, { keys, tree, results, tag }: Wish): Promise<Reply> => {
    const view = session.selected
    if (asksModSeq(tree)) enableCondstore(session)
    const found = await findMessages(session, tree)
    const sorted = await sortMessages(session, found, keys)
    const numbers = by === 'uid' ? sorted : sorted.map((uid) => view.numberOf(uid))
    if (results?.has('SAVE')) view.saved = toSave(sorted, results).toSorted((a, b) => a - b)
    if (results) tellExtended(session, { numbers, by, modSeq: '' }, { results, tag })
    else tellNumbers(session, 'SORT', { numbers, modSeq: '' })
    return ok('sorted')
  }

export const sort = define({
  name: 'SORT',
  states: selected,
  capabilities: ['SORT', 'SORT=DISPLAY', 'ESORT'],
  expunges: 'wait',
  parse: readWish,
  run: run('sequence'),
})
export const uidSort = define({ name: 'UID SORT', states: selected, parse: readWish, run: run('uid') })
