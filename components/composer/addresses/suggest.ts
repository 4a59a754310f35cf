import type { App } from '@/lib/client/app'
import type { Address } from '@/lib/model/address'

/** Whoever knows people (correspondents, contacts, a directory) answers what was typed, best first. */
export type Suggester = (typed: string, app: App) => Address[] | Promise<Address[]>

const most = 8

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()

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
export const correspondents: Suggester = (typed, app) => {
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
    .map(({ who }) => who)
}

/** Asks every source; the first to know an address keeps its rank. */
export async function suggestionsFor(
  typed: string,
  app: App,
  sources: readonly Suggester[] = [correspondents],
): Promise<Address[]> {
  const answers = await Promise.all(sources.map((source) => source(typed, app)))
  const unique = new Map(answers.flat().map((who) => [who.address.toLowerCase(), who]))
  return [...unique.values()].slice(0, most)
}
