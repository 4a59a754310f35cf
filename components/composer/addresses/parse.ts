import type { Address } from '@/lib/model/address'

// Reads whatever people paste or type into an address field: header syntax (RFC 5322 section 3.4, groups
// included), Outlook's semicolons and "Last, First <…>", spreadsheet columns, one address a line, mailto links.
// One pass over the text, bounded, and it never refuses: what is no address comes back as it was typed, so that
// it can be shown in red and mended.
const longestPaste = 500_000
const longestPiece = 1000
const mostAddresses = 2000

export function parseAddresses(text: string): Address[] {
  const pieces = split(text.slice(0, longestPaste).replaceAll('\u0000', ''))
  return merge(joinNames(pieces).flatMap(readPiece)).slice(0, mostAddresses)
}

/** The same person twice is once; a name is kept where one of them had it. */
export function merge(list: Address[]): Address[] {
  const seen = new Map<string, Address>()
  for (const one of list) {
    const key = one.address.toLowerCase()
    const before = seen.get(key)
    if (!before) seen.set(key, one)
    else if (!before.name && one.name) seen.set(key, { ...before, name: one.name })
  }
  return [...seen.values()]
}

interface Piece {
  text: string
  /** What ended it: a comma may stand inside an unquoted name, the others may not. */
  end: ',' | ';' | 'line' | 'end'
}

const closing: Record<string, string> = { '"': '"', '<': '>', '(': ')' }

function split(text: string): Piece[] {
  const pieces: Piece[] = []
  let current = ''
  let waitsFor = ''
  const close = (end: Piece['end']) => {
    if (current.trim()) pieces.push({ text: current.trim(), end })
    current = ''
    waitsFor = ''
  }
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    if (char === '\n' || char === '\r') {
      // A folded header line (RFC 5322 section 2.2.3) goes on inside a name; everything else ends here.
      if (waitsFor === '"' && /^\r?\n[ \t]/.test(text.slice(i, i + 3))) current += ' '
      else close('line')
    } else if (char === '\\' && waitsFor) current += char + text.charAt(++i)
    else if (waitsFor) {
      current += char
      if (char === waitsFor) waitsFor = ''
    } else if (char === ',' || char === ';' || char === '，' || char === '；' || char === '、')
      close(char === ';' || char === '；' ? ';' : ',')
    else if (char === ':' && startsGroup(current)) current = ''
    else {
      current += char
      if (opens(char, text, i)) waitsFor = closing[char] ?? ''
    }
  }
  close('end')
  return pieces
}

/** An opening sign counts only when it is closed on its line: a lone `"` or `<` must not swallow the rest. */
function opens(char: string, text: string, at: number): boolean {
  const wanted = closing[char]
  if (!wanted) return false
  const ahead = text.slice(at + 1, at + longestPiece)
  const end = ahead.indexOf(wanted)
  if (end < 0) return false
  const newline = ahead.indexOf('\n')
  return newline < 0 || end < newline || /^\n[ \t]/.test(ahead.slice(newline, newline + 2))
}

/** `Team:` before the members (RFC 5322 section 3.4); `mailto:` is a link, and `a@b:` is no group name. */
const startsGroup = (before: string): boolean =>
  before.trim() !== '' && !before.includes('@') && !/^\s*mailto$/i.test(before)

/** `Veiga, Tomás <t@x>`: a piece without an address, ended by a comma, is the first half of a name. */
function joinNames(pieces: Piece[]): string[] {
  const joined: string[] = []
  let kept = ''
  for (const { text, end } of pieces) {
    const whole = kept ? `${kept}, ${text}` : text
    const isHalf = end === ',' && !text.includes('@') && !kept && /^[^<]*$/.test(text)
    if (isHalf) kept = text
    else if (kept && !/^[^@<]+<[^>]*@[^>]*>$/.test(text)) {
      joined.push(kept, text)
      kept = ''
    } else {
      joined.push(whole)
      kept = ''
    }
  }
  if (kept) joined.push(kept)
  return joined
}

function readPiece(text: string): Address[] {
  if (text.length > longestPiece)
    return [{ name: '', address: text.slice(0, longestPiece).replace(unseen, '') }]
  if (/^"[^"]*"@\S+$/.test(text)) return [person('', text)]
  const angled = /^(.*?)<\s*([^<>]*?)\s*>\s*(?:\(([^()]*)\))?$/s.exec(text)
  if (angled) return [person(angled[1] || angled[3] || '', angled[2] ?? '')]
  const commented = /^(\S+@\S+)\s*\(([^()]*)\)$/.exec(text)
  if (commented) return [person(commented[2] ?? '', commented[1] ?? '')]
  const words = text.split(/\s+/)
  const addresses = words.filter((word) => word.includes('@'))
  if (addresses.length === 0) return [person('', text)]
  // `Tomás Veiga<TAB>t@x`: one address among plain words carries them as its name.
  if (addresses.length === 1) return [person(words.filter((w) => !w.includes('@')).join(' '), addresses[0]!)]
  return addresses.map((one) => person('', one))
}

function person(name: string, address: string): Address {
  return { name: cleanName(name), address: cleanAddress(address) }
}

const unseen = /[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

function cleanName(text: string): string {
  const trimmed = text.replace(/\s+/g, ' ').replace(unseen, '').trim()
  const quoted = /^(["'])(.*)\1$/.exec(trimmed)
  return (quoted ? (quoted[2] ?? '') : trimmed).replace(/\\(.)/g, '$1').trim()
}

const cleanAddress = (text: string): string =>
  text
    .replace(unseen, '')
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^['<]+|[>'.]+$|^"(?=[^"]*$)/g, '')
    .trim()
