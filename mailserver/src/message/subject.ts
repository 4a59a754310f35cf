// The base subject (RFC 5256 section 2.1): what remains when Re:, Fwd:, [list] and (fwd) are taken off.
//
// Invariant: made when a message is delivered, so every step reads a bounded text once: nothing here may search for
// the place from where a pattern reaches the end.
import { decodeWords } from './words'

/** Of what is longer only the start is compared. */
const mostCharacters = 2_000
const trailer = '(fwd)'
const leader = /^(?:\s*(?:re|fwd?)\s*(?:\[[^[\]]*\]\s*)?:)|^\s+/i
const blob = /^\[[^[\]]*\]\s*/
const forwarded = /^\[fwd:(.*)\]$/i
const mostRounds = 50

export interface BaseSubject {
  text: string
  /** Something said "this is an answer or was sent on". */
  kind: 'original' | 'answer'
}

const withoutTrailers = (text: string): string => {
  let rest = text.trimEnd()
  while (rest.slice(-trailer.length).toLowerCase() === trailer)
    rest = rest.slice(0, -trailer.length).trimEnd()
  return rest
}

const stripOnce = (text: string): BaseSubject => {
  let rest = withoutTrailers(text)
  let kind: BaseSubject['kind'] = rest === text.trimEnd() ? 'original' : 'answer'
  for (let round = 0; round < mostRounds; round += 1) {
    const before = rest
    const lead = leader.exec(rest)
    if (lead) {
      if (lead[0].trim()) kind = 'answer'
      rest = rest.slice(lead[0].length)
    }
    const label = blob.exec(rest)
    // A blob that is all there is stays.
    if (label && label[0].length < rest.length && !forwarded.test(rest)) rest = rest.slice(label[0].length)
    if (rest === before) break
  }
  return { text: rest, kind }
}

export const baseSubject = (raw: string | null): BaseSubject => {
  let text = decodeWords(raw ?? '')
    .slice(0, mostCharacters)
    .replace(/\s+/g, ' ')
    .trim()
  let kind: BaseSubject['kind'] = 'original'
  for (let round = 0; round < mostRounds; round += 1) {
    const stripped = stripOnce(text)
    if (stripped.kind === 'answer') kind = 'answer'
    text = stripped.text
    const inner = forwarded.exec(text)
    if (!inner) break
    kind = 'answer'
    text = inner[1] ?? ''
  }
  return { text: casemap(text), kind }
}

/** i;unicode-casemap (RFC 5051), as comparison key. */
export const casemap = (text: string): string => text.normalize('NFKD').toUpperCase()
