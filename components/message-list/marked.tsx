import { Fragment } from 'react'

const escaped = (term: string): string => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const patterns = new WeakMap<readonly string[], RegExp>()
/** Matches any of the words, the longest first. */
export const patternOf = (terms: readonly string[]): RegExp => {
  const known = patterns.get(terms)
  if (known) return known
  // Longest first, so that "teapot" is marked whole where "tea" is looked for as well.
  const longest = terms.toSorted((a, b) => b.length - a.length).map(escaped)
  const made = new RegExp(`(${longest.join('|')})`, 'giu')
  patterns.set(terms, made)
  return made
}

/** Text with the words looked for marked. */
export function Marked({ text, terms }: { text: string; terms: readonly string[] | undefined }) {
  if (!terms || terms.length === 0) return text
  // Split by a group: what matched stands at the odd places.
  return text.split(patternOf(terms)).map((piece, index) =>
    index % 2 === 1 ? (
      <mark key={index} className="rounded-[2px] bg-horn/35 text-inherit">
        {piece}
      </mark>
    ) : (
      <Fragment key={index}>{piece}</Fragment>
    ),
  )
}
