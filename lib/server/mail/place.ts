import 'server-only'
import { AppError } from '@/lib/model/errors'
import { type MessageId, uidOf, uidValidityOf } from '@/lib/model/message-id'
import type { Selected } from './connection'

// From ids in URLs to UIDs, for the mailbox that is selected now.

/** Fails when the mailbox was made anew since the id was given (RFC 9051 section 2.3.1.1). */
export const uidsOf = (selected: Selected, ids: readonly MessageId[]): number[] => {
  if (ids.some((id) => uidValidityOf(id) !== selected.uidValidity)) throw new AppError('mailbox-changed')
  return [...new Set(ids.map(uidOf))]
}
