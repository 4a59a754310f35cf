// What SORT and THREAD order by (RFC 5256), one row a message.
import type { Context } from './context'
import type { OrderFacts } from './contract'

type Raw = [
  uid: number,
  internal: number,
  sent: number | null,
  size: number,
  envelope: string,
  thread: string,
  ancestry: string | null,
]

const factsOf = ([uid, internal, sent, size, envelope, threadId, ancestry]: Raw): OrderFacts => {
  const [own, ...ancestors] = ancestry === null ? [] : ancestry.split(' ')
  return {
    uid,
    internal: internal / 1000,
    sent,
    size,
    envelope,
    threadId,
    messageId: own === undefined || own === '-' ? null : own,
    ancestors: ancestry === null ? null : ancestors,
  }
}

export const readOrderFacts = (
  ctx: Context,
  mailbox: number,
  range: { from: number; to: number },
): OrderFacts[] =>
  (
    ctx
      .q(
        `select uid, internal, sent, size, envelope, thread, ancestry
         from message join content on content.id = message.content
         where mailbox = ? and uid between ? and ? order by uid`,
      )
      .raw()
      .all(mailbox, range.from, range.to) as Raw[]
  ).map(factsOf)
