// What the index is asked: trigrams for needles of three characters and more, pairs for shorter ones that are not ASCII.
// Both only name candidates; the decoded text decides.
const mostTerms = 6

/** Both sides of every comparison; NUL would end SQLite's string functions early. */
export const fold = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll('\0', ' ')

const quoted = (term: string) => `"${term.replaceAll('"', '""')}"`

/** Non-overlapping trigrams and the last one: enough to be selective, few enough to be quick. */
export const trigramQuery = (needle: string): string | null => {
  const chars = [...needle]
  if (chars.length < 3) return null
  const at: number[] = []
  for (let from = 0; from + 3 <= chars.length && at.length < mostTerms - 1; from += 3) at.push(from)
  at.push(chars.length - 3)
  return [...new Set(at.map((from) => quoted(chars.slice(from, from + 3).join(''))))].join(' AND ')
}

const isWide = (char: string) => char.codePointAt(0)! > 127
const code = (char: string) => `x${char.codePointAt(0)!.toString(16)}`

/** Tokens for every character that is not ASCII and every pair that holds one, each once. */
export const pairTokens = (text: string): string => {
  const tokens = new Set<string>()
  for (const run of text.match(/[\0-\x7f]?[^\0-\x7f]+[\0-\x7f]?/gu) ?? []) {
    const chars = [...run]
    for (const [index, char] of chars.entries()) {
      if (isWide(char)) tokens.add(code(char))
      const next = chars[index + 1]
      if (next !== undefined && (isWide(char) || isWide(next))) tokens.add(code(char) + code(next))
    }
  }
  return [...tokens].join(' ')
}

export const pairQuery = (needle: string): string | null => {
  const chars = [...needle]
  if (chars.length === 0 || chars.length > 2 || !chars.some(isWide)) return null
  return quoted(chars.map(code).join(''))
}
