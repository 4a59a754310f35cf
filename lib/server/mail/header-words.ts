import 'server-only'
import type { Address } from '@/lib/model/address'

// What others or the writer chose, on its way into a header that we write. Invariant: one line, of characters that
// a header may hold (RFC 5322 section 2.2, RFC 6532 section 3.2), that can be folded below 998 octets. The library
// folds and encodes; that nothing ends its field is not left to it.

const unwanted = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g
/** Where nobody left a space, none would be found to fold at (RFC 5322 section 2.1.1). */
const unbroken = /\S{200}(?=\S)/g

export const headerWords = (text: string): string =>
  text.replace(unwanted, ' ').replace(unbroken, '$& ').trim()

export const headerAddress = ({ name, address }: Address): Address => ({ name: headerWords(name), address })

const mostIdBytes = 900

/** RFC 5322 section 3.6.4; what is none is left out. */
export const headerIds = (ids: readonly string[]): string[] =>
  ids.filter(
    (id) => /^<[^<>\s\u0000-\u001f\u007f-\u009f]+>$/.test(id) && Buffer.byteLength(id) <= mostIdBytes,
  )
