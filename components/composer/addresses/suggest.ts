import { folded } from '@/lib/client/fold'
import type { App } from '@/lib/client/app'
import { membersOf, peopleSoon } from '@/lib/client/contacts'
import type { Address } from '@/lib/model/address'
import type { Contact } from '@/lib/model/contact'

/** Somebody, or a group by its name with everybody in it. */
export interface Suggestion {
  who: Address
  members?: readonly Address[]
}

/** Whoever knows people (contacts, correspondents, a directory) answers what was typed, best first. */
type Suggester = (typed: string, app: App) => Suggestion[] | Promise<Suggestion[]>

const most = 8

/** A name matches at the beginning of one of its words, an address at its beginning or after a dot or @. */
export function matches({ name, address }: Address, typed: string): boolean {
  const wanted = folded(typed.trim())
  if (wanted === '') return false
  const words = [
    ...folded(name).split(/[\s.,'"()-]+/),
    ...folded(address).split(/[@._+-]+/),
    folded(address),
    folded(name),
  ]
  return words.some((word) => word.startsWith(wanted))
}

/** People in the mail that is on this page: who wrote, and to whom, the most frequent first. */
const correspondents: Suggester = (typed, app) => {
  const known = new Map<string, { who: Address; count: number }>()
  const count = (who: Address, weight: number) => {
    if (!who.address.includes('@')) return
    const key = who.address.toLowerCase()
    const seen = known.get(key)
    known.set(key, { who: seen?.who.name ? seen.who : who, count: (seen?.count ?? 0) + weight })
  }
  const { listings, details } = app.mail.get()
  for (const listing of Object.values(listings))
    for (const row of listing.rows.values()) {
      row.from.forEach((who) => count(who, 2))
      row.to.forEach((who) => count(who, 1))
    }
  for (const detail of details.values()) [...detail.to, ...detail.cc].forEach((who) => count(who, 1))
  const own = app.person.address.toLowerCase()
  return [...known.values()]
    .filter(({ who }) => who.address.toLowerCase() !== own && matches(who, typed))
    .sort((a, b) => b.count - a.count || a.who.address.localeCompare(b.who.address))
    .slice(0, most)
    .map(({ who }) => ({ who }))
}

const dayMs = 86_400_000

/** Who is written to often and lately comes first; who was put among the contacts, before who was only written to. */
const rank = ({ uses, usedAt, source }: Contact, now: number): number => {
  const days = usedAt ? Math.max(0, now - Date.parse(usedAt)) / dayMs : 0
  return uses / (1 + days / 30) + (source === 'added' ? 0.5 : 0)
}

/** Contacts and groups. Of somebody with several addresses the first comes first. */
export function knownPeople(list: readonly Contact[], typed: string, now = Date.now()): Suggestion[] {
  const people = list
    .toSorted((a, b) => rank(b, now) - rank(a, now))
    .flatMap(({ name, addresses }) => addresses.map((address) => ({ who: { name, address } })))
    .filter(({ who }) => matches(who, typed))
    .slice(0, most)
  const groups = [...new Set(list.flatMap((one) => one.groups))]
    .filter((group) => matches({ name: group, address: '' }, typed))
    .map((group) => ({ who: { name: group, address: '' }, members: membersOf(list, group) }))
    .filter(({ members }) => members.length > 0)
  return [...groups.slice(0, 2), ...people]
}

const contacts: Suggester = async (typed) => knownPeople(await peopleSoon(), typed)

/** Asks every source; the first to know an address keeps its rank, and its name. */
export async function suggestionsFor(
  typed: string,
  app: App,
  sources: readonly Suggester[] = [contacts, correspondents],
): Promise<Suggestion[]> {
  const answers = await Promise.all(sources.map((source) => source(typed, app)))
  const unique = new Map<string, Suggestion>()
  for (const one of answers.flat()) {
    const key = one.members ? `group ${one.who.name}` : one.who.address.toLowerCase()
    if (!unique.has(key)) unique.set(key, one)
  }
  return [...unique.values()].slice(0, most)
}
