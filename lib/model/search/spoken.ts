import { isOperator } from './operators'
import { quoted } from './form'
import type { State } from './query'
import { latin } from './digits'
import { splitSearch, type Word } from './words'

// What follows an operator in the words of the person's language, written as everybody's searches are: `is:ungelesen` is
// `is:unread`. Invariants: a search that is kept, linked to or sent is always of the English words, so that it means the
// same in every language; what is no such word stays as it was typed, letter for letter.

/** The words of one language, beside those its menus show; they stand in its catalogue. */
export interface SpokenValues {
  is: Record<State, readonly string[]>
  has: readonly string[]
  /** What a number may stand before, and what it means: `1d`, or `2d` where two days are a word. */
  ages: readonly (readonly [english: string, words: readonly string[]])[]
}

/** What a value means, if it is known under this operator. */
type Translate = (operator: string, value: string) => string | null

/** As people type it: without case, accents, and whatever stands between words. */
const plain = (text: string): string =>
  latin(text)
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()

/** Values by their plain words; the first that claims a word has it. */
export const wordList = (entries: readonly (readonly [english: string, words: readonly string[]])[]) => {
  const known = new Map<string, string>()
  for (const [english, words] of entries)
    for (const word of words) if (!known.has(plain(word))) known.set(plain(word), english)
  return (value: string): string | null => known.get(plain(value)) ?? null
}

const ageOf = (units: (value: string) => string | null) => (value: string) => {
  const [, count = '1', unit = ''] = /^(\d{0,5}) ?(\D+)$/.exec(plain(value)) ?? []
  const [, amount, letter] = /^(\d)([dwmy])$/.exec(units(unit) ?? '') ?? []
  return letter ? `${Number(count || 1) * Number(amount)}${letter}` : null
}

type Values = Omit<SpokenValues, 'is'> & { is: Record<string, readonly string[]> }

/** `places` are names of folders that are called otherwise by `in:`. */
export const translator = (values: Values, places: (value: string) => string | null): Translate => {
  const age = ageOf(wordList(values.ages))
  const lists: Record<string, (value: string) => string | null> = {
    is: wordList(Object.entries(values.is)),
    has: wordList([['attachment', values.has]]),
    in: places,
    older_than: age,
    newer_than: age,
  }
  return (operator, value) => (Object.hasOwn(lists, operator) ? (lists[operator]?.(value) ?? null) : null)
}

/** `is:nicht gelesen`: a value of several words is known without quotes, too. */
const longestValue = 3

interface Found {
  value: string
  end: number
}

const foundAt = (words: readonly Word[], index: number, translate: Translate): Found | null => {
  const word = words[index]
  if (word?.type !== 'operator' || !isOperator(word.name)) return null
  const texts = [word.value]
  const ends = [word.at + word.length]
  for (const next of words.slice(index + 1, index + longestValue)) {
    if (next.type !== 'text') break
    texts.push(next.text)
    ends.push(next.at + next.length)
  }
  for (let count = texts.length; count > 0; count--) {
    const value = translate(word.name, texts.slice(0, count).join(' '))
    if (value !== null) return { value, end: ends[count - 1] ?? 0 }
  }
  return null
}

export const inEnglish = (typed: string, translate: Translate): string => {
  const split = splitSearch(typed)
  if (!split.ok) return typed
  let written = ''
  let upTo = 0
  for (const [index, word] of split.words.entries()) {
    const found = word.at < upTo ? null : foundAt(split.words, index, translate)
    if (!found || word.type !== 'operator') continue
    written += `${typed.slice(upTo, word.at)}${word.name}:${quoted(found.value)}`
    upTo = found.end
  }
  return written + typed.slice(upTo)
}
