import 'server-only'
import { domainToASCII } from 'node:url'
import type { Address } from '@/lib/model/address'
import type { Trust } from '@/lib/model/cards'
import { lookAlikeOf, undisguised } from './look-alike'

// Who really sent it. A mark is given only on the word of a server that the administrator trusts: anybody can
// write Authentication-Results, and only our own border removes what strangers wrote (RFC 8601 section 5).

/** Comments may nest and quoted strings may hold anything: neither may be taken for a result. */
export const withoutComments = (value: string): string => {
  let depth = 0
  let quoted: 'no' | 'yes' = 'no'
  let out = ''
  for (let at = 0; at < value.length; at++) {
    const char = value[at]
    if (char === '\\') at++
    else if (quoted === 'yes') quoted = char === '"' ? 'no' : 'yes'
    else if (char === '(') depth++
    else if (char === ')') depth = Math.max(0, depth - 1)
    else if (depth > 0) continue
    else if (char === '"') {
      quoted = 'yes'
      out += '""'
    } else out += char
  }
  return out
}

const domainOf = (text: string): string =>
  domainToASCII(
    text
      .slice(text.lastIndexOf('@') + 1)
      .trim()
      .toLowerCase(),
  )

const passes = (result: string, domain: string): boolean => {
  const [method = '', ...properties] = result.trim().toLowerCase().split(/\s+/)
  if (method !== 'dmarc=pass') return false
  const from = properties.filter((property) => property.startsWith('header.from='))
  return from.length === 1 && domainOf(from[0]?.slice('header.from='.length) ?? '') === domain
}

/** `fields` in order of appearance: the topmost of a trusted server is the one its border wrote. */
const isVerified = (fields: readonly string[], from: readonly Address[], servers: readonly string[]) => {
  const domain = from.length === 1 ? domainOf(from[0]?.address ?? '') : ''
  if (!domain) return false
  const trusted = new Set(servers.map((server) => server.toLowerCase()))
  for (const field of fields.slice(0, 50)) {
    const [server = '', ...results] = withoutComments(field.slice(0, 20_000)).split(';')
    const [name = '', version = '1'] = server.trim().toLowerCase().split(/\s+/)
    if (trusted.has(name)) return version === '1' && results.some((result) => passes(result, domain))
  }
  return false
}

/** "ada@example.org" <x@elsewhere.example>: people read the name, and believe it. */
const pretended = ([sender]: readonly Address[]): string => {
  const name = sender?.name.slice(0, 500) ?? ''
  const found = name.match(/[^\s<>()"',;:@]{1,64}@[^\s<>()"',;:@]{1,255}/gu) ?? []
  return found.find((one) => one.toLowerCase() !== sender?.address.toLowerCase()) ?? ''
}

/** `shop.example.co.uk` and `mail.example.co.uk` are one house; without a list of all registries, near enough. */
const houseOf = (domain: string): string =>
  domain
    .split('.')
    .slice(/(^|\.)[a-z]{1,3}\.[a-z]{2}$/.test(domain) ? -3 : -2)
    .join('.')

/** A list that sets Reply-To says so in its own fields (RFC 2369), and is no stranger for it. */
const elsewhere = ({ from, replyTo, list }: Judged): string => {
  const houses = new Set(from.map(({ address }) => houseOf(domainOf(address))))
  const other = replyTo.find(({ address }) => address !== '' && !houses.has(houseOf(domainOf(address))))
  return list === 'no' && from.length > 0 ? (other?.address ?? '') : ''
}

export interface Judged {
  from: readonly Address[]
  replyTo: readonly Address[]
  /** Authentication-Results, in order of appearance. */
  results: readonly string[]
  list: 'yes' | 'no'
}

interface Grounds {
  /** Whose Authentication-Results are believed. */
  servers: readonly string[]
  /** Domains of the reader and of those they know. */
  known: readonly string[]
}

export const trustOf = (judged: Judged, { servers, known }: Grounds): Trust => {
  const { from, results } = judged
  const domain = domainOf(from[0]?.address ?? '')
  return {
    sender: isVerified(results, from, servers) ? 'verified' : 'unknown',
    pretends: pretended(from),
    like: lookAlikeOf(domain, known),
    undisguised: undisguised(domain),
    answersTo: elsewhere(judged),
  }
}
