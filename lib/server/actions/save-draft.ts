import 'server-only'
import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { Draft, Elsewhere } from '@/lib/model/draft'
import { AppError } from '@/lib/model/errors'
import type { FolderId } from '@/lib/model/folder-id'
import type { MessageId } from '@/lib/model/message-id'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { addMessage } from '../mail/append'
import { composeMessage, newMessageId } from '../mail/compose'
import { findFolder } from '../mail/mailboxes'
import { deleteForGood } from '../mail/move'
import { recount } from './counts'
import { finished, noteHeaders } from './draft-note'
import { whatBecameOf } from './draft-versions'
import { folderFor } from './folder-for'
import { openUploads } from './upload'

// A draft is replaced by filing the new one and then removing the old: whatever happens between the two,
// the words are there. What another window made of the same draft is left alone.

interface Saving {
  who: Account
  draft: Draft
}

const write = async ({ who, draft }: Saving): Promise<Buffer> => {
  const from = draft.from ?? { name: who.name, address: who.address }
  const uploads = await openUploads(who, draft.uploads)
  return buffer(
    composeMessage({
      message: {
        ...draft,
        to: finished(draft.to),
        cc: finished(draft.cc),
        replyTo: finished(draft.replyTo ?? []),
      },
      from,
      uploads,
      messageId: newMessageId(from.address, randomBytes(18).toString('base64url')),
      date: new Date(),
      kept: { bcc: finished(draft.bcc), headers: noteHeaders(draft) },
    }),
  )
}

/** Gone already is gone: another device may have been faster. */
const removeOld = async (who: Account, ids: MessageId[]): Promise<void> => {
  if (ids.length === 0) return
  try {
    const path = await findFolder(who, 'drafts')
    const total = await deleteForGood(who, { path, ids })
    publish(who.key, { type: 'gone', folder: 'drafts', ids, total })
  } catch (cause) {
    const harmless = ['message-gone', 'mailbox-gone', 'mailbox-changed', 'no-expunge', 'refused-by-server']
    if (!(cause instanceof AppError) || !harmless.includes(cause.code)) throw cause
  }
}

interface Saved {
  folder: FolderId
  message: MessageId
  elsewhere: Elsewhere
}

export const saveDraft = async ({ who, draft }: Saving): Promise<Saved> => {
  const bytes = await write({ who, draft })
  const path = await folderFor(who, 'drafts')
  const message = await addMessage(who, { path, bytes, flags: ['\\Draft', '\\Seen'] })
  // Looked for after it was filed: of two windows that save at once, one at least sees the other's.
  const { elsewhere, outdated } = await whatBecameOf(who, draft, message)
  await removeOld(who, outdated)
  publish(who.key, { type: 'stale', folder: 'drafts' })
  recount(who, 'drafts')
  return { folder: 'drafts', message, elsewhere }
}
