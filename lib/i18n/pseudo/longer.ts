// Every word of a catalogue made longer and put in brackets: what stands on a page without them was never in a
// catalogue, and what loses its closing bracket had no room for a language that needs more of it.

const accented: Record<string, string> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', n: 'ñ', c: 'ç', y: 'ý' }

/** Words grow by a third, as German does of English. */
const stretched = (text: string): string =>
  `⟦${text.replace(/[aeiouncy]/g, (letter) => accented[letter] ?? letter)}${'·'.repeat(Math.ceil(text.length / 3))}⟧`

const grown = (value: unknown): unknown => {
  if (typeof value === 'string') return value === '' ? value : stretched(value)
  if (typeof value === 'function')
    return (...given: unknown[]) => grown((value as (...all: unknown[]) => unknown)(...given))
  if (Array.isArray(value)) return value
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, grown(one)]))
}

export const longer = <T>(catalogue: T): T => grown(catalogue) as T
