import 'server-only'
import { AppError } from '@/lib/model/errors'
import { hasMailFrom } from '../mail/from'
import { findFolder } from '../mail/mailboxes'
import { openOnce, type Place } from './opened'
import { senderOf, standingOf } from './senders'

/** The person's own folders are asked one after the other, and no further than the first that knows the sender. */
export const isFirstMail = async (place: Place): Promise<{ first: 'yes' | 'no' }> => {
  const { who, folder, message } = place
  const { from } = (await openOnce(place)).envelope
  const address = senderOf(from)
  if (!address || address.toLowerCase() === who.address.toLowerCase()) return { first: 'no' }
  const { contact } = await standingOf(who.key, from)
  if (contact.is !== 'unknown') return { first: 'no' }
  for (const one of new Set([folder, 'inbox', 'archive'])) {
    const path = await findFolder(who, one).catch((cause: unknown) => {
      // An archive that was never used is not there.
      if (cause instanceof AppError && cause.code === 'mailbox-gone') return null
      throw cause
    })
    const than = one === folder ? message : null
    if (path !== null && (await hasMailFrom(who, path, { address, than })) === 'yes') return { first: 'no' }
  }
  return { first: 'yes' }
}
