import 'server-only'
import type { MessageId } from '@/lib/model/message-id'
import { messageIdOf, uidOf } from '@/lib/model/message-id'
import type { Account } from './account'
import { knowMessages } from './facts'
import { store } from './flags'
import { uidsWhere } from './order'
import { withConnection } from './pool'
import { atom, sequence, text, type Token } from './wire'

// Mail by who sent it. SEARCH FROM finds any header with these letters in it (RFC 9051 section 6.4.4), so what it
// finds is compared once more by the address alone.

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
/** RFC 9051 section 9, date-text; a day earlier, because the server counts days in a zone of its own. */
export const dayBefore = (iso: string): string => {
  const day = new Date(Date.parse(iso) - 86_400_000)
  return `${day.getUTCDate()}-${months[day.getUTCMonth()]}-${day.getUTCFullYear()}`
}

const isSender = (from: readonly { address: string }[], address: string): boolean =>
  from.some((one) => one.address.toLowerCase() === address.toLowerCase())

export interface Unwanted {
  address: string
  since: string
}

/** INTERNALDATE has whole seconds, and the mail server's clock is its own: some minutes earlier still count. */
const clockSlackMs = 10 * 60_000
const cameAfter = (arrived: string, since: string): boolean =>
  Date.parse(arrived) >= Date.parse(since) - clockSlackMs

/** Set on what was filed once: whoever takes it out of Junk again has the last word. */
export const filedMark = '$Blocked'
const mostFiled = 500

/** New and unread mail of these senders in a folder, marked as seen to; what was marked before is left alone. */
export const takeUnwanted = (
  who: Account,
  path: string,
  senders: readonly Unwanted[],
): Promise<MessageId[]> =>
  withConnection(who, { path, urgency: 'background', effect: 'write' }, async (connection) => {
    const selected = connection.selected
    if (!selected || selected.readOnly) return []
    await connection.run('NOOP')
    const found = new Set<number>()
    for (const { address, since } of senders) {
      const keys: Token[] = [atom('UNSEEN'), atom('UNKEYWORD'), atom(filedMark)]
      keys.push(atom('SINCE'), atom(dayBefore(since)), atom('FROM'), text(address))
      const uids = (await uidsWhere(connection, keys)).slice(-mostFiled)
      for (const { facts } of await knowMessages(connection, who, uids))
        if (isSender(facts.envelope.from, address) && cameAfter(facts.arrived, since)) found.add(facts.uid)
    }
    const uids = [...found].slice(0, mostFiled)
    const mayMark = selected.permanentFlags.has('\\*') || selected.permanentFlags.has(filedMark)
    if (uids.length > 0 && mayMark) await store(connection, uids, '+FLAGS.SILENT', [filedMark])
    return uids.map((uid) => messageIdOf(BigInt(selected.uidValidity), uid))
  })

/** Whether a folder holds mail of this address that came before `than`, or any at all when it is of another folder. */
export const hasMailFrom = (
  who: Account,
  path: string,
  { address, than }: { address: string; than: MessageId | null },
): Promise<'yes' | 'no'> =>
  withConnection(who, { path, urgency: 'background', effect: 'read' }, async (connection) => {
    if (!connection.selected || connection.selected.exists === 0) return 'no'
    const before = than ? uidOf(than) - 1 : 0
    if (than && before < 1) return 'no'
    const keys = [atom('FROM'), text(address)]
    if (than) keys.unshift(atom('UID'), sequence(`1:${before}`))
    return (await uidsWhere(connection, keys)).length > 0 ? 'yes' : 'no'
  })
