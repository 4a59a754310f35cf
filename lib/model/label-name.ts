import type { Label } from './label'
import { decodeName, encodeName, takenWords } from './label-code'

// A label is an IMAP keyword with a name and a colour (docs/decisions/041-labels.md). The keyword is what messages
// carry and every client sees; name and colour are the person's own, kept beside their preferences.

export const labelColours = [
  'red',
  'orange',
  'amber',
  'green',
  'teal',
  'blue',
  'violet',
  'pink',
  'grey',
] as const

/** RFC 9051 section 9: flag-keyword is an atom. */
const anyKeyword = /^[^\s(){%*"\\\]\u0000-\u001f\u007f-\uffff]{1,100}$/
export const isKeyword = (text: string): boolean => anyKeyword.test(text)

const longestLabel = 60

/** What Thunderbird has always called them, in its order and near its colours. */
export const usualLabels: readonly Label[] = [
  { keyword: '$label1', name: 'Important', colour: 'red', origin: 'usual' },
  { keyword: '$label2', name: 'Work', colour: 'orange', origin: 'usual' },
  { keyword: '$label3', name: 'Personal', colour: 'green', origin: 'usual' },
  { keyword: '$label4', name: 'To do', colour: 'blue', origin: 'usual' },
  { keyword: '$label5', name: 'Later', colour: 'violet', origin: 'usual' },
]

/** Keywords have no case (RFC 5788 section 3). */
export const sameKeyword = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

export const tidyLabelName = (name: string): string => name.normalize('NFC').replace(/\s+/g, ' ').trim()

/** The keyword a name becomes; null when it is too long for servers to keep, or holds what cannot be shown. */
export const keywordOfName = (name: string): string | null => {
  const tidy = tidyLabelName(name)
  if (tidy === '' || tidy.length > longestLabel || /[\p{Cc}\p{Cs}]/u.test(tidy)) return null
  return encodeName(tidy)
}

/** The name a keyword of ours was made from; of any other the keyword itself. */
export const nameOfKeyword = (word: string): string => {
  const name = decodeName(word)
  return name !== null && keywordOfName(name) !== null && tidyLabelName(name) === name ? name : word
}

/** Might a person have put it there? Programs mark with `$` and with words of their own. */
export const isPersonal = (word: string): boolean => !word.startsWith('$') && !takenWords.test(word)

const folded = (text: string): string => tidyLabelName(text).toLocaleLowerCase()

/** The label somebody means who typed its name or its keyword. */
export const labelNamed = (labels: readonly Label[], typed: string): Label | undefined =>
  labels.find(({ keyword: word }) => sameKeyword(word, typed)) ??
  labels.find(({ name }) => folded(name) === folded(typed))
