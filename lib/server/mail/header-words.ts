import 'server-only'
import { domainToASCII } from 'node:url'
import type { Address } from '@/lib/model/address'

// What others or the writer chose, on its way into a header that we write. Invariant: one line, of characters that
// a header may hold (RFC 5322 section 2.2, RFC 6532 section 3.2), that can be folded below 998 octets. The library
// folds and encodes; that nothing ends its field is not left to it.

const unwanted = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g
const foreignInDomain = /[/?#%\\@:[\]]/
/** Where nobody left a space, none would be found to fold at (RFC 5322 section 2.1.1). */
const unbroken = /\S{200}(?=\S)/g

export const headerWords = (text: string): string =>
  text.replace(unwanted, ' ').replace(unbroken, '$& ').trim()

/** Non-ASCII before the @ takes a server that knows SMTPUTF8 (RFC 6531); a domain alone never does (RFC 5891 section 4.4). */
export const wireAddress = (address: string): string => {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  // The converter reads hosts of URLs: of `a.org/b.net` it would keep `a.org`, and call `1.1` `1.0.0.1`.
  if (at < 0 || !/[^\x00-\x7f]/.test(domain) || foreignInDomain.test(domain)) return address
  const ascii = domainToASCII(domain)
  return ascii === '' || /(^|\.)\d+$/.test(ascii) ? address : `${address.slice(0, at)}@${ascii}`
}

export const needsUtf8 = (address: string): boolean => /[^\x00-\x7f]/.test(wireAddress(address))

export const headerAddress = ({ name, address }: Address): Address => ({ name: headerWords(name), address })

const mostIdBytes = 900

/** RFC 5322 section 3.6.4; what is none is left out. */
export const headerIds = (ids: readonly string[]): string[] =>
  ids.filter(
    (id) => /^<[^<>\s\u0000-\u001f\u007f-\u009f]+>$/.test(id) && Buffer.byteLength(id) <= mostIdBytes,
  )
