// Content-Type and Content-Disposition: a token, then parameters (RFC 2045 section 5.1, RFC 2183), with the
// continuations of RFC 2231 joined. Values stay encoded: BODYSTRUCTURE sends them so; `decodeParameter` is for us.
import { decodeCharset } from './charset'
import { decodeWords } from './words'

export interface Parameterised {
  value: string
  /** Names in lower case; a name that ends in `*` holds `charset'language'percent-encoded` text (RFC 2231). */
  parameters: [name: string, value: string][]
}

const most = 100
const token = /[^\s;="()<>@,[\]?]+/y
const bare = /[^;]*/y
const quoted = /"((?:[^"\\]|\\[\s\S])*)"?/y

const take = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Innermost comments go (RFC 5322 section 3.2.2). By hand: a pattern would begin again at each escaped parenthesis. */
const withoutComments = (text: string): string => {
  let out = ''
  let open = -1
  let kept = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '\\' && open !== -1) at++
    else if (char === '(') open = at
    else if (char === ')' && open !== -1) {
      out += text.slice(kept, open)
      kept = at + 1
      open = -1
    }
  }
  return out + text.slice(kept)
}

const skipTo = (text: string, at: number, wanted: RegExp) => {
  while (at < text.length && wanted.test(text[at]!)) at++
  return at
}

const valueAt = (text: string, at: number): { value: string; end: number } => {
  const inQuotes = text[at] === '"' ? take(quoted, text, at) : null
  if (inQuotes) return { value: inQuotes[1]!.replace(/\\([\s\S])/g, '$1'), end: at + inQuotes[0].length }
  const plain = take(bare, text, at)![0]
  return { value: withoutComments(plain).trim(), end: at + plain.length }
}

const rawParameters = (text: string, from: number) => {
  const found: [string, string][] = []
  let at = from
  while (at < text.length && found.length < most) {
    at = skipTo(text, at, /[;\s]/)
    const name = take(token, text, at)
    if (!name) {
      at = skipTo(text, at + 1, /[^;]/)
      continue
    }
    at = skipTo(text, at + name[0].length, /\s/)
    if (text[at] !== '=') continue
    const { value, end } = valueAt(text, skipTo(text, at + 1, /\s/))
    found.push([name[0].toLowerCase(), value])
    at = skipTo(text, end, /[^;]/)
  }
  return found
}

/** RFC 2231 section 3: `name*0`, `name*1*` … become one `name`, or one `name*` when any piece is encoded. */
const joinContinuations = (raw: [string, string][]): [string, string][] => {
  const pieces = new Map<string, { index: number; encoded: boolean; value: string }[]>()
  const joined: [string, string][] = []
  for (const [name, value] of raw) {
    const match = /^(.+)\*(\d{1,3})(\*?)$/.exec(name)
    if (!match) {
      if (!joined.some(([known]) => known === name)) joined.push([name, value])
      continue
    }
    const list = pieces.get(match[1]!) ?? []
    list.push({ index: Number(match[2]), encoded: match[3] === '*', value })
    pieces.set(match[1]!, list)
  }
  for (const [name, list] of pieces) {
    list.sort((a, b) => a.index - b.index)
    const extended = list.some((piece) => piece.encoded)
    const text = list.map((piece) =>
      extended && !piece.encoded ? encodeURIComponent(piece.value) : piece.value,
    )
    joined.push([extended ? `${name}*` : name, text.join('')])
  }
  return joined
}

export const parseParameterised = (text: string): Parameterised => {
  const clean = text.replace(/^\s*(?:\((?:[^()\\]|\\[\s\S])*\)\s*)*/, '')
  const semicolon = clean.indexOf(';')
  const value = withoutComments(semicolon === -1 ? clean : clean.slice(0, semicolon)).trim()
  return {
    value,
    parameters: semicolon === -1 ? [] : joinContinuations(rawParameters(clean, semicolon)),
  }
}

const percentDecoded = (text: string): Buffer =>
  Buffer.from(
    text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  )

/** A parameter as a person reads it: RFC 2231 first, then what many senders do instead, RFC 2047. */
export const decodeParameter = (from: Parameterised | null, name: string): string | null => {
  const extended = from?.parameters.find(([known]) => known === `${name}*`)
  if (extended) {
    const [charset = '', , ...rest] = extended[1].split("'")
    return rest.length ? decodeCharset(percentDecoded(rest.join("'")), charset) : extended[1]
  }
  const plain = from?.parameters.find(([known]) => known === name)
  return plain ? decodeWords(plain[1]) : null
}

export const parameter = (from: Parameterised | null, name: string): string | null =>
  from?.parameters.find(([known]) => known === name)?.[1] ?? null
