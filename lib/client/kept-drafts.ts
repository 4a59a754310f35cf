import type { Draft } from '@/lib/model/draft'
import { type Cut, cutFrom, isWornOut, longText, whole } from './kept-text'

// What is being written, kept in the browser at every pause so that a crash, a dead network or an expired session
// costs no word. Erased at sign-out: the next person at this machine finds nothing.
// Invariants: keys begin with the prefix and name the account, so one person never sees another's. What is kept is whole
// after each single write: a base, from which a long text is cut, is there before a draft names it, and goes after it.

const prefix = 'posthorn:draft:'

export interface KeptDraft {
  id: string
  savedAt: number
  /** `saved`: the server has this too, so it need not be offered again. */
  state: 'unsaved' | 'saved'
  draft: Draft
}

type Long = 'html' | 'text'

/** As it is, or what is different by now from the base of that key. */
type Written = string | (Cut & { base: string })

/** A page from before there were bases reads drafts that are whole, and takes this for none. */
interface CutDraft extends Omit<KeptDraft, 'draft'> {
  cut: Omit<Draft, Long> & Record<Long, Written>
}

let session: 'signed in' | 'signed out' = 'signed in'

const keyOf = (address: string, id: string): string => `${prefix}${address.toLowerCase()}:${id}`

/** Storage may be full, off or forbidden: then the server's copy is the only one, and nothing breaks. */
const storage = (): Storage | null => {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

const keysWith = (start: string): string[] => {
  const place = storage()
  if (!place) return []
  return Array.from({ length: place.length }, (_, i) => place.key(i) ?? '').filter((key) =>
    key.startsWith(start),
  )
}

/** What of a letter is not the letter itself. */
const basesOf = (key: string): string[] => keysWith(`${key}:`)

interface Base {
  key: string
  text: string
}

/** What this tab has written, by the key of the letter. Only a letter's own tab writes it. */
const written = new Map<string, Partial<Record<Long, Base>>>()
let count = 0

const write = ({ key, text }: Base): void => storage()?.setItem(key, text)

/** The base that a text is cut from; null for one that is written as it is. */
function baseFor(key: string, text: string, known: Base | undefined): Base | null {
  if (text.length < longText) return null
  if (known && !isWornOut(known.text, cutFrom(known.text, text))) return known
  const base = { key: `${key}:${Date.now().toString(36)}-${count++}`, text }
  write(base)
  return base
}

const writtenAs = (text: string, base: Base | null): Written =>
  base ? { base: base.key, ...cutFrom(base.text, text) } : text

const drop = (keys: readonly string[]): void => keys.forEach((key) => storage()?.removeItem(key))

/** The bases first, then the draft that names them; what no draft names goes last. */
function put(key: string, { draft, ...kept }: KeptDraft): void {
  const there = basesOf(key)
  const before = written.get(key) ?? {}
  // Another tab may have erased all there is.
  const known = (of: Long) => (before[of] && there.includes(before[of].key) ? before[of] : undefined)
  const html = baseFor(key, draft.html, known('html'))
  const text = baseFor(key, draft.text, known('text'))
  const cut = { ...draft, html: writtenAs(draft.html, html), text: writtenAs(draft.text, text) }
  write({ key, text: JSON.stringify(html || text ? { ...kept, cut } : { ...kept, draft }) })
  written.set(key, { ...(html ? { html } : {}), ...(text ? { text } : {}) })
}

/** By what lies there, in a page that has not written it itself. */
const namedThere = (key: string): string[] => {
  try {
    const { cut } = JSON.parse(storage()?.getItem(key) ?? '{}') as Partial<CutDraft>
    return [cut?.html, cut?.text].flatMap((one) => (typeof one === 'object' ? [one.base] : []))
  } catch {
    return []
  }
}

/** Where there was no room for all of it, what was written last is still whole, and what was begun goes. */
function dropUnnamed(key: string): void {
  const known = written.get(key)
  const named = known ? Object.values(known).map((base) => base.key) : namedThere(key)
  drop(basesOf(key).filter((one) => !named.includes(one)))
}

export const keepDraft = (address: string, kept: KeptDraft): 'kept' | 'not-kept' => {
  if (session === 'signed out' || !storage()) return 'not-kept'
  const key = keyOf(address, kept.id)
  try {
    put(key, kept)
    return 'kept'
  } catch {
    return 'not-kept'
  } finally {
    dropUnnamed(key)
  }
}

export const forgetDraft = (address: string, id: string): void => {
  const key = keyOf(address, id)
  written.delete(key)
  drop([key, ...basesOf(key)])
}

/** From then on nothing is kept. */
export const eraseDrafts = (): void => {
  session = 'signed out'
  written.clear()
  drop(keysWith(prefix))
}

/** Messages this person was writing whose last words the server may not have. */
export const unsavedDrafts = (address: string): KeptDraft[] => {
  const start = keyOf(address, '')
  return keysWith(start)
    .filter((key) => !key.slice(start.length).includes(':'))
    .flatMap((key) => read(storage()?.getItem(key) ?? ''))
    .sort((a, b) => a.savedAt - b.savedAt)
}

/** What its base is gone of is not offered: as a whole, it would stand in the place of one. */
const readText = (as: Written): string => {
  if (typeof as === 'string') return as
  const base = storage()?.getItem(as.base)
  if (base === null || base === undefined || as.to > base.length) throw new Error('the base is gone')
  return whole(base, as)
}

function read(text: string): KeptDraft[] {
  try {
    const { id, savedAt, state, draft, cut } = JSON.parse(text) as Partial<KeptDraft & CutDraft>
    if (typeof id !== 'string' || typeof savedAt !== 'number' || state !== 'unsaved') return []
    const found = cut ? { ...cut, html: readText(cut.html), text: readText(cut.text) } : draft
    return found ? [{ id, savedAt, state, draft: found }] : []
  } catch {
    return []
  }
}
