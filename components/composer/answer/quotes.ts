import { call } from '@/lib/client/api'
import type { App } from '@/lib/client/app'
import type { Quotable } from '@/lib/model/message'
import type { Place } from '../desk'
import { withPictures, type Selected } from './selection'

// The original's words, asked for as soon as an answer is likely, so that a composer opens with the quote in it
// instead of getting it under the writer's eyes. A message never changes, so what is known stays right.

interface Asked {
  answer: Promise<Quotable>
  known: Quotable | null
}

const most = 5
/** A composer opens without its quote rather than later than this. */
const longestWait = 80

const perApp = new WeakMap<App, Map<string, Asked>>()
const keyOf = ({ account, folder, message }: Place): string => `${account}/${folder}/${message}`

export function quoteOf(app: App, at: Place): Promise<Quotable> {
  const all = perApp.get(app) ?? new Map<string, Asked>()
  perApp.set(app, all)
  const before = all.get(keyOf(at))
  if (before) return before.answer
  const asked: Asked = { answer: call('quoteMessage', at), known: null }
  all.set(keyOf(at), asked)
  for (const old of [...all.keys()].slice(0, -most)) all.delete(old)
  asked.answer.then(
    (quotable) => (asked.known = quotable),
    () => all.delete(keyOf(at)),
  )
  return asked.answer
}

const knownQuote = (app: App, at: Place): Quotable | null => perApp.get(app)?.get(keyOf(at))?.known ?? null

interface Wanted {
  at: Place
  selection?: Selected | null
}

const isWhole = ({ parts }: Selected): boolean => parts.size === 0

/** What an answer quotes, where that is known by now. */
export function quotedKnown({ at, selection }: Wanted, app: App): Quotable | null {
  if (selection && isWhole(selection)) return { ...selection, pictures: [] }
  const all = knownQuote(app, at)
  return all && selection ? withPictures(selection, all) : all
}

export async function quoted({ at, selection }: Wanted, app: App): Promise<Quotable> {
  if (selection && isWhole(selection)) return { ...selection, pictures: [] }
  if (!selection) return quoteOf(app, at)
  // Its words are known: without the original it has no pictures, and is quoted all the same.
  const nothing = { html: '', text: '', pictures: [] }
  return withPictures(selection, await quoteOf(app, at).catch(() => nothing))
}

/** Settles when the quote is known, or when waiting longer would be felt. */
export async function quoteSoon(app: App, wanted: Wanted): Promise<void> {
  const patience = new Promise<void>((settle) => setTimeout(settle, longestWait))
  const quote = quoted(wanted, app).then(
    () => undefined,
    () => undefined,
  )
  await Promise.race([quote, patience])
}
