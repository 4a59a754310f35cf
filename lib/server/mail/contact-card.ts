import 'server-only'
import ICAL from 'ical.js'
import type { ContactCard } from '@/lib/model/preview'
import { decodeBytes, oneLine } from './decode'

// A vCard (RFC 6350, and the older ones) as plain lines. Bounded like a calendar, and read the same way.

const mostBytes = 300_000
const mostCards = 100
const mostValues = 20

const textsIn = (card: ICAL.Component, name: string): string[] =>
  card
    .getAllProperties(name)
    .slice(0, mostValues)
    .map((property) =>
      property
        .getValues()
        .flat(2)
        .filter((value) => typeof value === 'string' && value !== '')
        .join(', '),
    )
    .map((text) => oneLine(text, 500))
    .filter(Boolean)

const dateIn = (card: ICAL.Component, name: string): string =>
  oneLine(String(card.getFirstPropertyValue(name) ?? ''), 40)

const cardOf = (card: ICAL.Component): ContactCard => ({
  name: textsIn(card, 'fn')[0] ?? textsIn(card, 'n')[0] ?? '',
  organisation: textsIn(card, 'org')[0] ?? '',
  title: textsIn(card, 'title')[0] ?? '',
  emails: textsIn(card, 'email'),
  phones: textsIn(card, 'tel').map((phone) => phone.replace(/^tel:/i, '')),
  addresses: textsIn(card, 'adr'),
  links: textsIn(card, 'url'),
  birthday: dateIn(card, 'bday'),
  note: textsIn(card, 'note')[0] ?? '',
})

export const readContacts = (bytes: Buffer, charset: string): ContactCard[] => {
  if (bytes.length > mostBytes) return []
  const text = decodeBytes(bytes, charset || 'utf-8').trim()
  if ((text.match(/^BEGIN:/gim) ?? []).length > mostCards) return []
  try {
    const tree = ICAL.parse(text) as unknown[]
    const all = (Array.isArray(tree[0]) ? tree : [tree]) as unknown[][]
    return all.filter(([kind]) => kind === 'vcard').map((one) => cardOf(new ICAL.Component(one)))
  } catch {
    return []
  }
}
