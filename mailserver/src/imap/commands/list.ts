// RFC 9051 section 6.3.9: LIST with LIST-EXTENDED (RFC 5258), LIST-STATUS (RFC 5819) and SPECIAL-USE (RFC 6154).
import type { MailboxRow } from '../../store/contract'
import { define, ok, signedIn } from '../command'
import { mailboxMatches } from '../grammar/list-pattern'
import { decodeName, writeMailbox } from '../grammar/utf7'
import type { Session } from '../session'
import type { Scanner } from '../wire/scanner'
import { readAttributes, tellStatus } from './status'

export interface ListWish {
  reference: string
  patterns: string[]
  select: Set<string>
  returns: Set<string>
  status: string[]
}

const selections = ['SUBSCRIBED', 'REMOTE', 'RECURSIVEMATCH', 'SPECIAL-USE']
const results = ['SUBSCRIBED', 'CHILDREN', 'SPECIAL-USE']
const mostPatterns = 50
const longestPattern = 1000

const readPattern = (scanner: Scanner, session: Session): string => {
  const pattern = decodeName(scanner.listMailbox(), session.nameForm)
  return pattern.length <= longestPattern ? pattern : scanner.fail('a shorter pattern')
}

const readSelection = (scanner: Scanner): Set<string> => {
  const option = () => {
    const name = scanner.word('a selection option')
    return selections.includes(name) ? name : scanner.fail('a selection option')
  }
  const select = new Set(scanner.list(option, { least: 0, most: 20 }))
  // RFC 5258 section 3.1: RECURSIVEMATCH needs another option that selects.
  if (select.has('RECURSIVEMATCH') && !select.has('SUBSCRIBED') && !select.has('SPECIAL-USE')) {
    scanner.fail('SUBSCRIBED beside RECURSIVEMATCH')
  }
  return select
}

const readReturns = (scanner: Scanner, wish: ListWish): void => {
  const option = () => {
    const name = scanner.word('a return option')
    if (name === 'STATUS') {
      scanner.space()
      wish.status = readAttributes(scanner)
    } else if (results.includes(name)) wish.returns.add(name)
    else scanner.fail('a return option')
  }
  scanner.list(option, { least: 0, most: 20 })
}

export const readPlainList = (scanner: Scanner, session: Session): ListWish => {
  scanner.space()
  const reference = decodeName(scanner.astring('a reference name'), session.nameForm)
  scanner.space()
  const patterns = [readPattern(scanner, session)]
  return { reference, patterns, select: new Set(), returns: new Set(), status: [] }
}

const readList = (scanner: Scanner, session: Session): ListWish => {
  scanner.space()
  const select = scanner.next('(') ? readSelection(scanner) : null
  if (select) scanner.space()
  const reference = decodeName(scanner.astring('a reference name'), session.nameForm)
  scanner.space()
  const patterns = scanner.next('(')
    ? scanner.list(() => readPattern(scanner, session), { least: 1, most: mostPatterns })
    : [readPattern(scanner, session)]
  const wish: ListWish = { reference, patterns, select: select ?? new Set(), returns: new Set(), status: [] }
  if (scanner.take(' ')) {
    if (!scanner.takeWord('RETURN')) scanner.fail('RETURN')
    scanner.space()
    readReturns(scanner, wish)
  }
  scanner.end()
  return wish
}

interface Entry {
  name: string
  row: MailboxRow | null
  attributes: string[]
  /** RFC 5258 section 3.5: the name itself does not answer, something below it does. */
  below: string[]
}

/** RFC 5258 section 3.5: parents outside the selection whose children are in it. */
const addParents = (
  entries: Entry[],
  rows: readonly MailboxRow[],
  wish: ListWish,
  chosen: MailboxRow[],
): void => {
  if (!wish.select.has('RECURSIVEMATCH')) return
  const why = wish.select.has('SUBSCRIBED') ? 'SUBSCRIBED' : 'SPECIAL-USE'
  for (const row of rows) {
    if (!chosen.some(({ name }) => name.startsWith(`${row.name}/`))) continue
    if (!wish.patterns.some((pattern) => mailboxMatches(row.name, wish.reference + pattern))) continue
    const entry = entries.find(({ name }) => name === row.name)
    if (entry) entry.below.push(why)
    else entries.push({ name: row.name, row, attributes: [], below: [why] })
  }
}

const answers = (row: MailboxRow, select: ReadonlySet<string>): boolean =>
  (!select.has('SUBSCRIBED') || row.subscribed) && (!select.has('SPECIAL-USE') || row.specialUse !== null)

export const attributesOf = (row: MailboxRow, parents: ReadonlySet<string>, wish: ListWish): string[] => [
  ...(row.selectable ? [] : ['\\NonExistent', '\\Noselect']),
  // RFC 3348 section 3
  parents.has(row.name) ? '\\HasChildren' : '\\HasNoChildren',
  // RFC 5258 section 3.4: the selection option SUBSCRIBED brings its attribute with it.
  ...(row.subscribed && (wish.select.has('SUBSCRIBED') || wish.returns.has('SUBSCRIBED'))
    ? ['\\Subscribed']
    : []),
  ...(row.specialUse ? [row.specialUse] : []),
]

/** Every name that has another below it. */
export const parentsAmong = (rows: readonly MailboxRow[]): Set<string> => {
  const parents = new Set<string>()
  for (const { name } of rows) {
    for (let at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) parents.add(name.slice(0, at))
  }
  return parents
}

const entriesFor = (session: Session, wish: ListWish): Entry[] => {
  const rows = session.mail.mailboxes()
  const parents = parentsAmong(rows)
  const chosen = rows.filter((row) => answers(row, wish.select))
  const entries: Entry[] = chosen
    .filter(({ name }) => wish.patterns.some((pattern) => mailboxMatches(name, wish.reference + pattern)))
    .map((row) => ({ name: row.name, row, attributes: [], below: [] }))
  addParents(entries, rows, wish, chosen)
  for (const entry of entries) if (entry.row) entry.attributes = attributesOf(entry.row, parents, wish)
  return entries.sort((a, b) => (a.name === 'INBOX' ? -1 : b.name === 'INBOX' ? 1 : a.name < b.name ? -1 : 1))
}

const answerList = async (session: Session, wish: ListWish) => {
  // RFC 9051 section 6.3.9: an empty pattern asks for the delimiter and the root.
  if (wish.patterns.length === 1 && wish.patterns[0] === '') {
    session.untagged('LIST (\\Noselect) "/" ""')
    return ok('listed')
  }
  for (const { name, row, attributes, below } of entriesFor(session, wish)) {
    const info = below.length > 0 ? ` ("CHILDINFO" (${below.map((why) => `"${why}"`).join(' ')}))` : ''
    session.untagged(`LIST (${attributes.join(' ')}) "/" ${writeMailbox(name, session.nameForm)}${info}`)
    if (row?.selectable && wish.status.length > 0) tellStatus(session, row, wish.status)
    await session.out.breathe()
  }
  return ok('listed')
}

export const list = define({
  name: 'LIST',
  states: signedIn,
  capabilities: ['LIST-EXTENDED', 'LIST-STATUS', 'SPECIAL-USE', 'CHILDREN'],
  parse: readList,
  run: answerList,
})
