// An address as it stands in a header. `name` is decoded and unquoted; `address` may be incomplete, because
// mail from the wild is shown as it came. Only what we send is held to `sendableAddress`.
export interface Address {
  name: string
  address: string
}

// Deliberately plain: a local part, one @, a domain. The server has the last word; control characters and
// angle brackets never pass, so nothing can leave the header it was put in (RFC 5321 section 4.1.2).
const complete =
  /^[^\s@<>()[\]\\,;:"\u0000-\u001f\u007f-\u009f]{1,64}@[^\s@<>()\\,;:"/?#%\u0000-\u001f\u007f-\u009f]{1,255}$/

/** An encoded word has no place in an address (RFC 2047 section 5), and who decodes one reads another address. */
export const isCompleteAddress = (text: string): boolean =>
  complete.test(text) && !text.includes('=?') && domainIsPlausible(text)

const domainIsPlausible = (text: string): boolean => {
  const domain = text.slice(text.lastIndexOf('@') + 1)
  if (!domain.includes('.') || domain.startsWith('.') || domain.endsWith('.') || domain.includes('..'))
    return false
  // Readers of hosts take a last label of digits for an IPv4 address (WHATWG URL, "ends in a number checker").
  return domain.startsWith('[') || !/\.(\d+|0x[\da-f]*)$/i.test(domain)
}

export const shownName = (who: Address): string => who.name || who.address || ''

export const formatAddress = (who: Address): string =>
  who.name ? `${who.name} <${who.address}>` : who.address
