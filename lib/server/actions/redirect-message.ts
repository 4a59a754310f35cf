import 'server-only'
import type { Address } from '@/lib/model/address'
import type { Job } from '@/lib/model/draft'
import { downloadSource } from '../mail/download'
import { findFolder } from '../mail/mailboxes'
import { openOnce, type Place } from './opened'
import { sendMessage } from './send-message'

interface Redirecting {
  account: number
  id: string
  to: Address[]
  undoSeconds: number
}

/** Frozen like any other send: what leaves is the message as it is now, even when it is deleted meanwhile. */
export const redirectMessage = async (place: Place, { to, ...sending }: Redirecting): Promise<Job> => {
  const { who, folder, message } = place
  const { envelope } = await openOnce(place)
  const source = await downloadSource(who, { path: await findFolder(who, folder), id: message })
  const nothing = {
    cc: [],
    bcc: [],
    html: '',
    text: '',
    uploads: [],
    inReplyTo: '',
    references: [],
    draft: null,
  }
  return sendMessage({
    who,
    ...sending,
    redirect: { source: source as unknown as AsyncIterable<Uint8Array> },
    message: {
      ...nothing,
      from: { name: who.name, address: who.address },
      to,
      subject: envelope.subject.slice(0, 2000),
      original: { folder, message, as: 'forward' },
    },
  })
}
