// What the text index knows of the words in a query.
//
// Invariants:
//  - An answer is of the contents there were when it was asked for: those keep their number and their words.
//  - It is kept for a moment, for a large mailbox and several folders are searched piece by piece for the same words;
//    whatever arrives makes it old.
import type { Context } from './context'
import type { SearchKey } from './contract'
import type { Found } from './text/client'
import type { Needle } from './text/database'
import { fold } from './text/grams'

export const mostDepth = 50
const mostTextKeys = 50
const keptFor = 10_000
const mostKept = 50_000

export type TextKey = Extract<SearchKey, { key: 'header' | 'body' | 'text' }>

export const isText = (key: SearchKey): key is TextKey =>
  key.key === 'header' || key.key === 'body' || key.key === 'text'

export const needleOf = (key: TextKey): Needle => ({
  in: key.key,
  name: key.key === 'header' ? key.name.toLowerCase() : '',
  value: fold(key.value),
})

/** Every text key of the program with what the index found for it. */
export type Known = Map<TextKey, { hits: Set<number>; unindexed: Set<number> }>

const textKeys = (key: SearchKey, depth = 0): TextKey[] => {
  if (depth > mostDepth) return []
  if (isText(key)) return [key]
  if (key.key === 'not') return textKeys(key.of, depth + 1)
  return key.key === 'and' || key.key === 'or' ? key.of.flatMap((each) => textKeys(each, depth + 1)) : []
}

interface Kept {
  asked: string
  found: Promise<Found | null>
  timer: NodeJS.Timeout
}
const kept = new WeakMap<Context, Kept>()

const forget = (ctx: Context, one: Kept) => {
  clearTimeout(one.timer)
  if (kept.get(ctx) === one) kept.delete(ctx)
}

const findAll = (ctx: Context, needles: Needle[]): Promise<Found | null> => {
  const last = ctx.q('select max(id) from content').pluck().get()
  const asked = JSON.stringify([last, needles])
  const before = kept.get(ctx)
  if (before?.asked === asked) return before.found
  if (before) forget(ctx, before)
  const timer = setTimeout(() => forget(ctx, one), keptFor).unref()
  const one: Kept = { asked, found: ctx.text.find(ctx.folder, needles), timer }
  kept.set(ctx, one)
  one.found.then(
    (found) => {
      const count = found?.hits.reduce((sum, hits) => sum + hits.size, found.unindexed.size) ?? Infinity
      if (count > mostKept) forget(ctx, one)
    },
    () => forget(ctx, one),
  )
  return one.found
}

export const askIndex = async (ctx: Context, query: SearchKey): Promise<Known> => {
  const keys = textKeys(query).slice(0, mostTextKeys)
  // An empty string is in every message: no index needed.
  const asked = keys.filter((key) => key.key === 'header' || key.value !== '')
  const found = asked.length > 0 ? await findAll(ctx, asked.map(needleOf)) : null
  if (!found) return new Map()
  return new Map(asked.map((key, index) => [key, { hits: found.hits[index]!, unindexed: found.unindexed }]))
}

/** The few contents that can match at all, or null when it takes a look at every row. */
export const onlyAmong = (query: SearchKey, known: Known, depth = 0): Set<number> | null => {
  if (depth > mostDepth) return null
  if (isText(query)) {
    const found = known.get(query)
    return found ? new Set([...found.hits, ...found.unindexed]) : null
  }
  if (query.key !== 'and' && query.key !== 'or') return null
  const sets = query.of.map((each) => onlyAmong(each, known, depth + 1))
  const certain = sets.filter((set) => set !== null)
  if (query.key === 'and') return certain.toSorted((a, b) => a.size - b.size)[0] ?? null
  return certain.length === sets.length ? new Set(certain.flatMap((set) => [...set])) : null
}
