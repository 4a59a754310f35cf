import { parseSearch } from './parse'
import type { Query, TextField } from './query'

const shownInRows: readonly TextField[] = ['from', 'to', 'cc', 'subject', 'body']

/** The words a reader expects to see marked: those asked for, not those excluded. */
const termsOf = (query: Query): string[] => {
  switch (query.kind) {
    case 'text':
      return query.text ? [query.text] : []
    case 'field':
      return shownInRows.includes(query.field) ? [query.text] : []
    case 'and':
    case 'or':
      return [...new Set(query.of.flatMap(termsOf))]
    default:
      return []
  }
}

/** The same for what was typed. */
export const termsIn = (typed: string): readonly string[] => {
  const parsed = parseSearch(typed)
  return parsed.ok ? termsOf(parsed.query) : []
}
