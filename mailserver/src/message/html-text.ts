// HTML as the text a person sees: what SEARCH and PREVIEW look at (RFC 9051 section 6.4.4 lets BODY match only what is
// shown; RFC 8970 section 3 wants no markup in a preview).
//
// Invariant: one pass, each byte looked at a bounded number of times, whatever is left open.
import { entities } from './entities'

/** What is between these tags is not shown. */
const hidden = new Set(['script', 'style', 'title', 'template', 'svg'])
/** These do not break a word: `<b>pump</b>kin` is one. */
const inline = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)

const tagName = /\/?([a-zA-Z][a-zA-Z0-9:-]*)/y

const decodeEntity = (whole: string, name: string): string => {
  if (name[0] !== '#') return entities.get(name) ?? whole
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1))
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return valid ? String.fromCodePoint(code) : ' '
}

export const decodeEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,30});?/gi, decodeEntity)
    : text

/** Past the tag that starts at `from`; a quoted ">" does not end it. Without an end, everything is the tag. */
const tagEnd = (html: string, from: number): number => {
  let quote = ''
  for (let at = from; at < html.length; at += 1) {
    const char = html[at] as string
    if (quote) {
      if (char === quote) quote = ''
    } else if (char === '>') return at + 1
    else if ((char === '"' || char === "'") && html[at - 1] === '=') quote = char
  }
  return html.length
}

const skipTo = (html: string, wanted: string, from: number): number => {
  const found = html.indexOf(wanted, from)
  return found === -1 ? html.length : found + wanted.length
}

interface Step {
  next: number
  /** What stands in the text for the tag. */
  gap: '' | '\n' | '<'
}

/** One "<" and what it opens. `lower` is the same text in lower case, for the ends of hidden elements. */
const readTag = (html: string, lower: string, at: number): Step => {
  if (html.startsWith('<!--', at)) return { next: skipTo(html, '-->', at + 4), gap: '' }
  if (html[at + 1] === '!' || html[at + 1] === '?') return { next: skipTo(html, '>', at), gap: '' }
  tagName.lastIndex = at + 1
  const name = tagName.exec(html)?.[1]?.toLowerCase()
  if (!name) return { next: at + 1, gap: '<' }
  const next = tagEnd(html, tagName.lastIndex)
  if (hidden.has(name) && html[at + 1] !== '/' && html[next - 2] !== '/') {
    const end = skipTo(lower, `</${name}`, next)
    return { next: skipTo(html, '>', end), gap: '\n' }
  }
  return { next, gap: inline.has(name) ? '' : '\n' }
}

/** Lower case that keeps every position: only ASCII letters change. */
const lowerAscii = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

export const htmlText = (html: string): string => {
  const lower = lowerAscii(html)
  const pieces: string[] = []
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at)
    const text = html.slice(at, open === -1 ? html.length : open)
    if (text) pieces.push(decodeEntities(text.replace(/\s+/g, ' ')))
    if (open === -1) break
    const { next, gap } = readTag(html, lower, open)
    if (gap) pieces.push(gap)
    at = next
  }
  return pieces
    .join('')
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}
