// Addresses as the envelope carries them: already without < >, not yet trusted.
export interface Parts {
  local: string
  domain: string
}

/** Splits at the last @; null when there is none, or nothing on one side. */
export const split = (address: string): Parts | null => {
  const at = address.lastIndexOf('@')
  if (at <= 0 || at === address.length - 1) return null
  return { local: address.slice(0, at), domain: address.slice(at + 1).toLowerCase() }
}

/** RFC 5321 section 2.4: the local part is ours to interpret; we take it without regard to case or quoting. */
export const canonical = (address: string): string => {
  const parts = split(address.trim())
  if (!parts) return address.trim().toLowerCase()
  const quoted = /^"(.*)"$/.exec(parts.local)
  const local = quoted ? (quoted[1] ?? '').replace(/\\(.)/g, '$1') : parts.local
  return `${local.toLowerCase()}@${parts.domain}`
}

/** What may become a user: it is also a folder name, so the set is small and says no to `..`, `/` and the like. */
export const isUserAddress = (address: string): boolean =>
  /^[a-z0-9_](?:[a-z0-9_.'-]{0,62}[a-z0-9_])?@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(address) &&
  !address.includes('..')
