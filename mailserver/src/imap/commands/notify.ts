// NOTIFY (RFC 5465): news of mailboxes that are not selected, without IDLE and without asking.
import { define, no, ok, signedIn, type Reply } from '../command'
import { readFetchItems, type FetchItem } from '../grammar/fetch-items'
import { readMailbox } from '../grammar/utf7'
import { Notifier, type Filter, type Group } from '../notifier'
import type { Session } from '../session'
import type { Scanner } from '../wire/scanner'

interface Wish {
  groups: Group[]
  first: 'with status' | 'without status'
}

const mostGroups = 20
const mostMailboxes = 500

const messageEvents = ['MESSAGENEW', 'MESSAGEEXPUNGE', 'FLAGCHANGE']
const mailboxEvents = ['MAILBOXNAME', 'SUBSCRIPTIONCHANGE']
/** RFC 5465 section 8: known names of extensions that this server has not. */
const foreignEvents = ['ANNOTATIONCHANGE', 'MAILBOXMETADATACHANGE', 'SERVERMETADATACHANGE']

class UnknownEvent extends Error {}

const readNames = (scanner: Scanner, session: Session): string[] => {
  scanner.space()
  return scanner.next('(')
    ? scanner.list(() => readMailbox(scanner, session.nameForm), { least: 1, most: mostMailboxes })
    : [readMailbox(scanner, session.nameForm)]
}

const readFilter = (scanner: Scanner, session: Session): Filter => {
  const word = scanner.word('a mailbox filter')
  if (word === 'SUBTREE' || word === 'MAILBOXES') return { kind: word, names: readNames(scanner, session) }
  if (word === 'SELECTED' || word === 'SELECTED-DELAYED') return { kind: word }
  if (word === 'INBOXES' || word === 'PERSONAL' || word === 'SUBSCRIBED') return { kind: word }
  return scanner.fail('a mailbox filter')
}

/** RFC 5465 section 5.2: sent with each arrival, always with its UID; nothing is marked as seen by it. */
const readArrivalItems = (scanner: Scanner, filter: Filter): FetchItem[] => {
  // Section 8: "Fetch-att may only be present for the SELECTED/SELECTED-DELAYED mailboxes."
  if (!filter.kind.startsWith('SELECTED')) scanner.fail('what to fetch only of the selected mailbox')
  const items = readFetchItems(scanner).map((item) =>
    'reads' in item ? { ...item, reads: 'peeks' as const } : item,
  )
  return items.some(({ item }) => item === 'uid') ? items : [{ item: 'uid' }, ...items]
}

const readEvents = (scanner: Scanner, filter: Filter): Pick<Group, 'events' | 'fetch'> => {
  if (scanner.takeWord('NONE')) return { events: new Set(), fetch: [] }
  let fetch: FetchItem[] = []
  const event = () => {
    const word = scanner.word('an event')
    if (foreignEvents.includes(word)) throw new UnknownEvent()
    if (![...messageEvents, ...mailboxEvents].includes(word)) scanner.fail('an event')
    if (word === 'MESSAGENEW' && scanner.match(/ (?=\()/y)) fetch = readArrivalItems(scanner, filter)
    return word
  }
  const events = new Set(scanner.list(event, { least: 1, most: 20 }))
  // RFC 5465 section 5: MessageNew and MessageExpunge come together, and FlagChange with them.
  const [arrivals, departures] = [events.has('MESSAGENEW'), events.has('MESSAGEEXPUNGE')]
  if (arrivals !== departures || (events.has('FLAGCHANGE') && !arrivals)) {
    scanner.fail('MessageNew and MessageExpunge together')
  }
  return { events, fetch }
}

const readGroup = (scanner: Scanner, session: Session): Group => {
  scanner.expect('(')
  const filter = readFilter(scanner, session)
  scanner.space()
  const group = { filter, ...readEvents(scanner, filter) }
  scanner.expect(')')
  return group
}

const readWish = (scanner: Scanner, session: Session): Wish | 'none' | 'unknown event' => {
  scanner.space()
  if (scanner.takeWord('NONE')) {
    scanner.end()
    return 'none'
  }
  if (!scanner.takeWord('SET')) scanner.fail('SET or NONE')
  scanner.space()
  const first = scanner.takeWord('STATUS') ? 'with status' : 'without status'
  if (first === 'with status') scanner.space()
  const groups: Group[] = []
  try {
    do {
      groups.push(readGroup(scanner, session))
      if (groups.length > mostGroups) scanner.fail('fewer groups')
    } while (scanner.take(' '))
  } catch (error) {
    if (error instanceof UnknownEvent) return 'unknown event'
    throw error
  }
  scanner.end()
  return { groups, first }
}

const apply = (session: Session, wish: Wish | 'none' | 'unknown event'): Reply => {
  if (wish === 'unknown event') {
    return no(
      'not all of these events can be told',
      `BADEVENT (${['MessageNew', 'MessageExpunge', 'FlagChange', 'MailboxName', 'SubscriptionChange'].join(' ')})`,
    )
  }
  session.setNotifier(null)
  if (wish === 'none') return ok('nothing more is told')
  const notifier = new Notifier(session, wish.groups)
  session.setNotifier(notifier)
  if (wish.first === 'with status') notifier.tellAll()
  return ok('you will be told')
}

export const notify = define({
  name: 'NOTIFY',
  states: signedIn,
  capabilities: ['NOTIFY'],
  parse: readWish,
  run: apply,
})
