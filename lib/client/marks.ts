// Where the words that were looked for stand in a text. Invariants:
// - case, accents and the kind and number of blanks do not count, as they do not for servers that fold them;
// - a mark covers whole characters, and the accents that follow them: of が no か is marked;
// - the work is linear in the text; places are those of the text as it is.

/** A word from one place in the text to another. */
export interface Mark {
  from: number
  to: number
}

interface Folded {
  text: string
  /** Which place in the text each letter comes from, and its end; null where they are the same. */
  at: number[] | null
}

/** Accents, and what only joins letters; a kana's own mark makes it another letter. */
const accents = /(?![\u3099\u309a])\p{Script=Inherited}/gu
const isPlain = /^[ -~]*$/
const isBlank = /^\s$/
const isIdeograph = /^\p{Script=Han}$/u

const lettersOf = (char: string): string =>
  isIdeograph.test(char)
    ? char
    : char.toLowerCase().normalize('NFD').replace(accents, '').replaceAll('ς', 'σ')

const fold = (text: string): Folded => {
  if (isPlain.test(text) && !text.includes('  ')) return { text: text.toLowerCase(), at: null }
  const known = new Map<string, string>()
  const pieces: string[] = []
  const at: number[] = []
  let last = ''
  let place = 0
  for (const char of text) {
    let letters = known.get(char)
    if (letters === undefined) known.set(char, (letters = isBlank.test(char) ? ' ' : lettersOf(char)))
    if (letters === ' ' && last === ' ') letters = ''
    else if (letters !== '') last = letters
    pieces.push(letters)
    for (let count = letters.length; count > 0; count--) at.push(place)
    place += char.length
  }
  at.push(place)
  return { text: pieces.join(''), at }
}

const escaped = (term: string): string => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const patterns = new WeakMap<readonly string[], RegExp | null>()
/** Matches any of the words, the longest first; null when there is none. */
const patternOf = (terms: readonly string[]): RegExp | null => {
  const known = patterns.get(terms)
  if (known !== undefined) return known
  // Longest first, so that "teapot" is marked whole where "tea" is looked for as well.
  const words = [...new Set(terms.map((term) => fold(term).text.trim()))].filter(Boolean)
  const longest = words.toSorted((a, b) => b.length - a.length).map(escaped)
  const made = longest.length === 0 ? null : new RegExp(longest.join('|'), 'gu')
  patterns.set(terms, made)
  return made
}

/** In order, none over another. */
export const marksIn = (text: string, terms: readonly string[]): Mark[] => {
  const pattern = patternOf(terms)
  if (!pattern) return []
  const { text: folded, at } = fold(text)
  const marks: Mark[] = []
  for (const { index, 0: found } of folded.matchAll(pattern)) {
    const end = index + found.length
    if (!at) marks.push({ from: index, to: end })
    else if (at[index - 1] !== at[index] && at[end - 1] !== at[end])
      marks.push({ from: at[index] ?? 0, to: at[end] ?? text.length })
  }
  return marks
}

/** A text in pieces, as a document has it: `apart` is a piece before which a line ends. */
export interface Piece {
  text: string
  from: 'joined' | 'apart'
}

export interface Place {
  piece: number
  at: number
}

/** The same in a text that lies in pieces: a mark may begin in one and end in another. */
export const marksAcross = (
  pieces: readonly Piece[],
  terms: readonly string[],
): { from: Place; to: Place }[] => {
  const begins: number[] = []
  let length = 0
  const whole = pieces.map(({ text, from }) => {
    begins.push(length + (from === 'apart' ? 1 : 0))
    length += text.length + (from === 'apart' ? 1 : 0)
    return from === 'apart' ? `\n${text}` : text
  })
  let piece = 0
  /** Marks come in order: what was passed is not looked at again. */
  const placeOf = (wanted: number, isIn: (begin: number) => boolean): Place => {
    while (piece + 1 < begins.length && isIn(begins[piece + 1] ?? Infinity)) piece++
    return { piece, at: wanted - (begins[piece] ?? 0) }
  }
  return marksIn(whole.join(''), terms).map(({ from, to }) => ({
    from: placeOf(from, (begin) => begin <= from),
    to: placeOf(to, (begin) => begin < to),
  }))
}
