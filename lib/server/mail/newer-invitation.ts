import 'server-only'
import { type MessageId, messageIdOf, uidOf } from '@/lib/model/message-id'
import type { Account } from './account'
import { type EventName, isLater, nameOfEvent, openCalendar, personOf, textIn } from './calendar'
import type { Connection } from './connection'
import { fetchItems, uidOfFetch } from './data'
import { type Known, knowMessages } from './facts'
import type { Side } from './message'
import { dayBefore } from './from'
import { uidsWhere } from './order'
import { withSelected } from './pool'
import { sidePartsOf, type SidePart } from './side-parts'
import { decodeTransfer } from './transfer'
import { atom, bytesOf, sequence, text } from './wire'

// Whether a later message has taken an invitation's place (RFC 5546 section 2.1.5). The server is asked for
// mail since then with the event's title in its subject; the calendars of a few of them are compared by name.

const mostLookedAt = 30
const mostRead = 8

export interface Looking {
  path: string
  id: MessageId
  /** Whether `id` is a message of this folder. */
  folder: 'own' | 'other'
  arrived: string
  calendar: Pick<Side, 'part' | 'bytes'>
}

export interface Newer {
  message: MessageId
  method: 'request' | 'cancel'
}

interface Told {
  name: EventName
  organiser: string
  title: string
  method: string
}

const toldBy = ({ part, bytes }: Looking['calendar']): Told | null => {
  try {
    const open = openCalendar(part, bytes)
    if (!open) return null
    const organiser = personOf(open.event.getFirstProperty('organizer'))?.address.toLowerCase() ?? ''
    const isOff = textIn(open.event, 'status', 20).toUpperCase() === 'CANCELLED'
    const method = isOff ? 'cancel' : open.method
    return { name: nameOfEvent(open.event), organiser, method, title: textIn(open.event, 'summary') }
  } catch {
    return null
  }
}

/** A series that is cancelled takes its instances along; nobody but its organiser revises an event. */
const supersedes = (later: Told, earlier: Told): boolean =>
  later.name.uid === earlier.name.uid &&
  later.organiser === earlier.organiser &&
  (later.method === 'request' || later.method === 'cancel') &&
  (later.name.instance === earlier.name.instance ||
    (later.method === 'cancel' && later.name.instance === '')) &&
  isLater(later.name, earlier.name)

const candidates = async (connection: Connection, who: Account, looking: Looking, title: string) => {
  const keys = [
    atom('SINCE'),
    atom(dayBefore(looking.arrived)),
    ...(title ? [atom('SUBJECT'), text(title)] : []),
  ]
  const own = looking.folder === 'own' ? uidOf(looking.id) : 0
  const uids = (await uidsWhere(connection, keys)).filter((uid) => uid !== own).slice(-mostLookedAt)
  const known = await knowMessages(connection, who, uids)
  return known
    .flatMap((one) => {
      const side = sidePartsOf(one.facts.structure).find(({ role }) => role === 'calendar')
      return side ? [{ ...one, side }] : []
    })
    .slice(-mostRead)
}

const calendarOf = async (connection: Connection, { facts, side }: Known & { side: SidePart }) => {
  let bytes = Buffer.alloc(0)
  const item = { type: 'ATOM', value: 'BODY.PEEK', section: [atom(side.section)], partial: [0, side.most] }
  await connection.run('UID FETCH', [sequence(String(facts.uid)), [atom('UID'), item]], {
    FETCH: ({ tokens }) => {
      const items = fetchItems(tokens)
      if (uidOfFetch(items) === facts.uid)
        bytes = Buffer.from(bytesOf(items.get(`BODY[${side.section}]`)) ?? bytes)
    },
  })
  return { part: side.part, bytes: decodeTransfer(bytes, side.part.encoding) }
}

/** The latest of those that are later than this one. */
export const findNewer = async (who: Account, looking: Looking): Promise<Newer | null> => {
  const own = toldBy(looking.calendar)
  if (!own || own.method !== 'request' || !own.name.uid || Number.isNaN(Date.parse(looking.arrived)))
    return null
  return withSelected(who, { path: looking.path, effect: 'read' }, async (connection, selected) => {
    let latest = own
    let found: Newer | null = null
    for (const one of await candidates(connection, who, looking, own.title.slice(0, 100))) {
      const told = toldBy(await calendarOf(connection, one))
      if (!told || !supersedes(told, own) || (found && !isLater(told.name, latest.name))) continue
      latest = told
      const message = messageIdOf(BigInt(selected.uidValidity), one.facts.uid)
      found = { message, method: told.method === 'cancel' ? 'cancel' : 'request' }
    }
    return found
  })
}
