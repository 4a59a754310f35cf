import { isCompleteAddress, type Address } from '@/lib/model/address'

export type AddressProblem =
  | 'no-at'
  | 'no-local-part'
  | 'no-domain'
  | 'incomplete-domain'
  | 'too-long'
  | 'odd-character'

/** Why this cannot be sent to, or null when it can. The words for it are in lib/i18n. */
export function problemOf({ address, name }: Address): AddressProblem | null {
  if (address.length > 320 || name.length > 500) return 'too-long'
  const at = address.lastIndexOf('@')
  if (at < 0) return 'no-at'
  if (at === 0) return 'no-local-part'
  if (at > 64) return 'too-long'
  const domain = address.slice(at + 1)
  if (!domain) return 'no-domain'
  if (isCompleteAddress(address)) return null
  const dotted =
    domain.includes('.') && !domain.startsWith('.') && !domain.endsWith('.') && !domain.includes('..')
  return dotted ? 'odd-character' : 'incomplete-domain'
}
