import 'server-only'
import type { Headers } from './headers'

// Under which addresses a message reached its reader: their own, and those that lead to it. A sender can write the
// headers that tell of a delivery as well, so they decide nothing but which of the people named in the same message
// its reader is.

/** Written by whoever delivered: Postfix and Dovecot, Exim, others. */
export const deliveredTo = ['Delivered-To', 'X-Original-To', 'Envelope-To', 'X-Delivered-To']
const mostDeliveries = 10

const lower = (text: string): string => text.trim().replace(/^<|>$/g, '').toLowerCase()

/** `alice+news@…` is alice (RFC 5233). */
const isDetailed = (address: string, own: string): boolean => {
  const [local = '', domain = ''] = own.split('@')
  return address.startsWith(`${local}+`) && address.endsWith(`@${domain}`)
}

export interface Reader {
  own: string
  /** Lower case. */
  others: readonly string[]
}

export const readerOf = (own: string, headers: Headers): Reader => ({
  own: lower(own),
  others: deliveredTo
    .flatMap((name) => headers.get(name.toLowerCase()) ?? [])
    .slice(0, mostDeliveries)
    .map(lower),
})

/** How surely an address is the reader's: their own before one with a detail, before one that leads to them. */
export const nearness = ({ own, others }: Reader, address: string): number => {
  const asked = lower(address)
  if (asked === '' || own === '') return 0
  if (asked === own) return 3
  if (isDetailed(asked, own)) return 2
  return others.includes(asked) ? 1 : 0
}
