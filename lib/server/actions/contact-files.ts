import 'server-only'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Imported, NewContact } from '@/lib/model/contact'
import * as kept from '../user/contacts'
import { readCards, writeCard } from '../user/vcard'
import { decodeBytes } from '../mail/decode'

// Contacts in and out as vCards. Whoever is there already, by any of the addresses, is left as they are.

export const largestFile = 10_000_000
/** As many cards as are read and kept, or written, before others get a turn. */
const atOnce = 50

/** UTF-8 by RFC 6350 section 3.1; what is not is of an older program on Windows. */
const textOf = (bytes: Buffer): string => {
  const text = bytes.toString('utf8')
  return text.includes('\ufffd') ? decodeBytes(bytes, 'windows-1252') : text.replace(/^\ufeff/, '')
}

export const importContacts = async (owner: string, bytes: Buffer): Promise<Imported> => {
  const result: Imported = { added: 0, known: 0, unread: 0 }
  const keep = async (cards: NewContact[]): Promise<void> => {
    const { added, known, unread } = await kept.addContacts(owner, cards)
    result.added += added
    result.known += known
    result.unread += unread
    await breathe()
  }
  const cards: NewContact[] = []
  let count = 0
  for (const card of readCards(textOf(bytes))) {
    if (card) cards.push(card)
    else result.unread++
    if (++count % atOnce === 0) await keep(cards.splice(0))
  }
  await keep(cards)
  return result
}

/** Everybody who was added, or one group. */
export async function* exportContacts(owner: string, group: string | null): AsyncGenerator<Buffer> {
  let count = 0
  for (const contact of await kept.fullContacts(owner)) {
    if (group !== null && !contact.groups.includes(group)) continue
    if (++count % atOnce === 0) await breathe()
    yield Buffer.from(writeCard(contact))
  }
}
