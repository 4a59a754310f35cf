import 'server-only'
import { Parser } from 'htmlparser2'
import { droppedWhole, elements, ends, mayHave, renamed, voidElements } from './allowed'
import { hexOfColour } from './colour'
import { cleanAttribute, cleanSheet, type Styling } from './css'
import { darkened } from './dark'
import { type Asked, imageUrl, linkUrl, type Tally } from './resources'

// The first wall: a mail's HTML is read by a parser and written anew from the tables in allowed.ts. Nothing
// is ever passed through: every tag, attribute and character of the result was written here. Bounded in
// depth, count and length; what lies beyond is left out and `whole` says so.

export interface Clean {
  html: string
  /** The content of the mail's own style elements, for one style element of the frame. */
  css: string
  tally: Tally
  whole: boolean
}

const deepest = 200
const longest = 12_000_000
const most = {
  // What a browser lays out without its tab standing still.
  start: { elements: 6000, words: 400_000 },
  all: { elements: 100_000, words: longest },
}
const readAtOnce = 65_536
const mostAttributes = 40
const longestValue = 8000

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => escapes[char] ?? '')

// Not characters of HTML (section 13.1.4 of the standard): left out rather than escaped.
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

interface Writing {
  out: string[]
  length: number
  css: string[]
  open: string[]
  /** Depth inside an element that is dropped whole. */
  dropped: number
  inStyle: 'no' | 'yes'
  count: number
  words: number
  most: (typeof most)['all']
  /** Nothing more is read. */
  state: 'reading' | 'full'
  whole: boolean
  asked: Asked
  tally: Tally
  dark: Styling['dark']
  styles: Map<string, string>
}

const hasDarkSide = (html: string): boolean => /prefers-color-scheme\s*:\s*dark/i.test(html)

const begin = (asked: Asked, html: string): Writing => ({
  out: [],
  length: 0,
  css: [],
  open: [],
  dropped: 0,
  inStyle: 'no',
  count: 0,
  words: 0,
  most: most[asked.extent ?? 'all'],
  state: 'reading',
  whole: true,
  asked,
  tally: { blocked: new Set(), used: new Set() },
  dark: asked.theme === 'dark' ? (hasDarkSide(html) ? 'own' : 'ours') : 'no',
  styles: new Map(),
})

const write = (at: Writing, text: string): void => {
  if (at.length + text.length > longest) at.whole = false
  else {
    at.out.push(text)
    at.length += text.length
  }
}

/** The same style attribute stands on hundreds of cells: it is read once. */
const styleOf = (at: Writing, css: string): string => {
  const known = at.styles.get(css)
  if (known !== undefined) return known
  const clean = cleanAttribute(css, at)
  at.styles.set(css, clean)
  return clean
}

const background = (at: Writing, value: string): string => {
  const url = imageUrl(value, at.asked, at.tally)
  return url && !/["()\\\s]/.test(url) ? `background-image:url("${url}")` : ''
}

/** `ph-` is the name space of our own frame. */
const classes = (value: string): string =>
  value
    .split(/\s+/)
    .filter((name) => !name.toLowerCase().startsWith('ph-'))
    .join(' ')

/** Names of the mail never meet names of ours, nor become properties of its document. */
const renamedId = (value: string): string => `m-${value.trim().replace(/^(m-)+/, '')}`

/** What an attribute becomes: [name, value] pairs, none when it may not be there. */
const attributeOf = (at: Writing, element: string, name: string, value: string): [string, string][] => {
  if (value.length > longestValue && name !== 'src' && name !== 'style') return []
  if (!mayHave(element, name)) return []
  switch (name) {
    case 'style':
    case 'background':
      return []
    case 'data-ph-blocked':
      return [[name, '']]
    case 'class':
      return [['class', classes(value)]]
    case 'id':
    case 'name':
      return element === 'map' ? [['name', renamedId(value)]] : [['id', renamedId(value)]]
    case 'usemap':
      return [['usemap', `#${renamedId(value.replace(/^#/, ''))}`]]
    case 'href':
      return hrefOf(value)
    case 'src': {
      const url = imageUrl(value, at.asked, at.tally)
      return url ? [['src', url]] : [['data-ph-blocked', '']]
    }
    case 'bgcolor':
    case 'color':
      return [[name, colourOf(at, value, name === 'bgcolor' ? 'paper' : 'ink')]]
    default:
      return [[name, value]]
  }
}

/** Colours of attributes may lack their `#` (WHATWG HTML section 2.3.6), and oklch() is none of theirs. */
const colourOf = (at: Writing, value: string, role: 'ink' | 'paper'): string => {
  if (at.dark !== 'ours') return value
  const colour = darkened(/^[0-9a-f]{6}$/i.test(value.trim()) ? `#${value.trim()}` : value, role)
  return colour ? hexOfColour(colour) : value
}

const hrefOf = (value: string): [string, string][] => {
  if (/^\s*#/.test(value)) return [['href', `#${renamedId(value.trim().slice(1))}`]]
  const url = linkUrl(value)
  if (!url) return []
  return [
    ['href', url],
    ['target', '_blank'],
    ['rel', 'noopener noreferrer nofollow'],
  ]
}

/** A picture nobody can see is there to tell that the mail was read: it is never fetched, asked for or not. */
const isBeacon = (element: string, { width, height, style = '' }: Record<string, string>): boolean =>
  element === 'img' &&
  ((/^\s*[01](px)?\s*$/.test(width ?? '') && /^\s*[01](px)?\s*$/.test(height ?? '')) ||
    (/(^|;|\s)width\s*:\s*[01]px/i.test(style) && /(^|;|\s)height\s*:\s*[01]px/i.test(style)))

const withheld: Pick<Writing, 'asked'>['asked'] = { parts: new Map(), proxied: null }

const attributesOf = (all: Writing, element: string, given: Record<string, string>): string => {
  const at = isBeacon(element, given) ? { ...all, asked: withheld, styles: new Map() } : all
  const pairs = new Map<string, string>()
  for (const name of Object.keys(given).slice(0, mostAttributes))
    for (const [becomes, text] of attributeOf(at, element, name, given[name] ?? ''))
      if (!pairs.has(becomes)) pairs.set(becomes, text)
  const style = given.style ? styleOf(at, given.style) : ''
  const picture = given.background && mayHave(element, 'background') ? background(at, given.background) : ''
  if (style || picture) pairs.set('style', style && picture ? `${style};${picture}` : style || picture)
  let written = ''
  for (const [name, value] of pairs) written += ` ${name}="${escapeHtml(value.replace(unprintable, ''))}"`
  return written
}

/** A mail's body element becomes a box with the same colours. */
const asBox = (given: Record<string, string>): Record<string, string> => ({
  ...given,
  style: [given.text && `color:${given.text}`, given.style].filter(Boolean).join(';'),
})

const enough = (at: Writing): void => {
  at.state = 'full'
  at.whole = false
}

const openTag = (at: Writing, name: string, given: Record<string, string>): void => {
  if (at.state === 'full') return
  if (at.dropped > 0 || droppedWhole.has(name)) {
    at.dropped++
    if (name === 'style' && at.dropped === 1) at.inStyle = 'yes'
    return
  }
  const element = renamed[name] ?? name
  if (!elements.has(element)) return
  if (++at.count > at.most.elements) return enough(at)
  if (at.open.length >= deepest) {
    at.whole = false
    return
  }
  for (let top = at.open.at(-1); top && ends.get(element)?.has(top); top = at.open.at(-1))
    write(at, `</${at.open.pop()}>`)
  write(at, `<${element}${attributesOf(at, element, name === 'body' ? asBox(given) : given)}>`)
  if (!voidElements.has(element)) at.open.push(element)
}

const closeTag = (at: Writing, name: string): void => {
  if (at.dropped > 0) {
    at.dropped--
    at.inStyle = 'no'
    return
  }
  const element = renamed[name] ?? name
  const depth = at.open.lastIndexOf(element)
  if (depth < 0) return
  while (at.open.length > depth) write(at, `</${at.open.pop()}>`)
}

const text = (at: Writing, data: string): void => {
  if (at.inStyle === 'yes') at.css.push(data)
  else if (at.state === 'full' || at.dropped > 0) return
  else if ((at.words += data.length) > at.most.words) enough(at)
  else write(at, escapeHtml(data.replace(unprintable, '')))
}

export const sanitise = (html: string, asked: Asked): Clean => {
  const at = begin(asked, html)
  const parser = new Parser(
    {
      onopentag: (name, given) => openTag(at, name, given),
      onclosetag: (name) => closeTag(at, name),
      ontext: (data) => text(at, data),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  )
  for (let from = 0; from < Math.min(html.length, longest) && at.state === 'reading'; from += readAtOnce)
    parser.write(html.slice(from, Math.min(from + readAtOnce, longest)))
  parser.end()
  if (html.length > longest) at.whole = false
  while (at.open.length > 0) at.out.push(`</${at.open.pop()}>`)
  const css = cleanSheet(at.css.join('\n'), at)
  return { html: at.out.join(''), css, tally: at.tally, whole: at.whole }
}
