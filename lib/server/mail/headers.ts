import 'server-only'
import { decodeHeader, oneLine } from './decode'

/** Header fields by lower-case name, unfolded (RFC 5322 section 2.2.3) and decoded, in order of appearance. */
export type Headers = Map<string, string[]>

const mostFields = 1000

/** No encoded word stands outside its comments (RFC 8601 section 2.2); decoding one could make up a result. */
const undecoded = new Set(['authentication-results'])

const textOf = (name: string, value: string): string =>
  undecoded.has(name) ? value : decodeHeader(Buffer.from(value, 'latin1'))

export const headersOf = (bytes: Buffer | null): Headers => {
  const headers: Headers = new Map()
  const unfolded = (bytes?.toString('latin1') ?? '').replace(/\r?\n(?=[ \t])/g, '')
  for (const line of unfolded.split(/\r?\n/, mostFields)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    if (colon < 1 || !/^[\x21-\x7e]+$/.test(name)) continue
    const value = oneLine(textOf(name, line.slice(colon + 1)), 20_000)
    headers.set(name, [...(headers.get(name) ?? []), value])
  }
  return headers
}

export const headerOf = (headers: Headers, name: string): string => headers.get(name)?.[0] ?? ''

/** Message-IDs as they stand in References or In-Reply-To (RFC 5322 section 3.6.4), at most `most`. */
export const messageIdsOf = (text: string, most = 200): string[] =>
  (text.match(/<[^<>\s]{1,900}>/g) ?? []).slice(-most)
