// THREADID (RFC 8474 section 5.2): given once, at arrival, across all folders, and never changed, so that a
// conversation with its Sent part is one query.
import { createHash } from 'node:crypto'
import type { Context } from './context'
import type { Facts } from './facts'

/** The nearest known ancestor decides; else whoever already answered or names this message; else a new thread. */
export const threadFor = (ctx: Context, facts: Facts): string => {
  const known = ctx.q<{ thread: string }>('select thread from thread_ref where message_id = ?')
  const ids = facts.messageId ? [...facts.references, facts.messageId] : facts.references
  let thread: string | undefined
  for (const id of ids.toReversed()) {
    // The message's own id is asked last: a reply that arrived first has entered it.
    if (id !== facts.messageId) thread ??= known.get(id)?.thread
  }
  if (facts.messageId) thread ??= known.get(facts.messageId)?.thread
  thread ??= `T${createHash('sha256')
    .update(ids[0] ?? facts.hash)
    .digest('base64url')
    .slice(0, 21)}`
  const enter = ctx.q('insert or ignore into thread_ref (message_id, thread) values (?, ?)')
  for (const id of ids) enter.run(id, thread)
  return thread
}
