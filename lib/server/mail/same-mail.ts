import 'server-only'
import { AppError } from '@/lib/model/errors'
import type { Account } from './account'
import { connect } from './connection'

// Whether another name opens the same mail. IMAP tells nobody under which name it keeps their mail, so both are opened with
// the one password, and their inboxes are compared. Invariant: yes only where the mail server let this password in under both.

const inboxOf = async (who: Account): Promise<{ uidValidity: string; uidNext: number }> => {
  const connection = await connect(who)
  try {
    return await connection.select('INBOX')
  } finally {
    connection.close()
  }
}

/** Fails when the server could not be asked. */
export const opensSameMail = async (who: Account, login: string): Promise<boolean> => {
  const other = { ...who, credentials: { ...who.credentials, user: login } }
  const before = await inboxOf(who)
  const theirs = await inboxOf(other).catch((cause: unknown) => {
    if (cause instanceof AppError && cause.code === 'wrong-password') return null
    throw cause
  })
  if (theirs?.uidValidity !== before.uidValidity) return false
  const after = await inboxOf(who)
  // RFC 9051 section 2.3.1.1: the next UID only grows, by what arrives meanwhile, too.
  return before.uidNext <= theirs.uidNext && theirs.uidNext <= after.uidNext
}
