import 'server-only'
import type { Address } from '@/lib/model/address'
import type { RuledSender, SenderRule, Standing } from '@/lib/model/contact'
import { addressKey, type Known, knownAddresses } from '../user/contacts'
import * as kept from '../user/senders'

// How a person stands with those who write: known, allowed to show images, not wanted.

export const listSenders = async (owner: string): Promise<{ senders: RuledSender[] }> => ({
  senders: await kept.listSenders(owner),
})

interface Ruling {
  address: string
  rule: SenderRule
  to: 'on' | 'off'
}

export const ruleSender = async (
  owner: string,
  { address, rule, to }: Ruling,
): Promise<Record<never, never>> => {
  if (to === 'on') await kept.keepSender(owner, address, rule)
  else await kept.dropSender(owner, address, rule)
  return {}
}

const contactIn = (known: Known, address: string): Standing['contact'] => {
  const found = known.get(addressKey(address))
  return found ? { is: found.source, id: found.id } : { is: 'unknown', id: '' }
}

/** Several authors, or none, are nobody one can know. */
export const senderOf = (from: readonly Address[]): string =>
  from.length === 1 ? (from[0]?.address ?? '') : ''

export const standingOf = async (owner: string, from: readonly Address[]): Promise<Standing> => {
  const address = senderOf(from)
  const [known, rules] = await Promise.all([
    knownAddresses(owner, address ? [address] : []),
    kept.rulesFor(owner, address),
  ])
  return {
    contact: contactIn(known, address),
    images: rules.has('images') ? 'allowed' : 'ask',
    mail: rules.has('blocked') ? 'blocked' : 'taken',
  }
}
