import { bareAddress } from '@/lib/client/identities'
import type { Address } from '@/lib/model/address'
import type { MessageDetail } from '@/lib/model/message'
import { merge } from '../addresses/parse'

export type AnswerKind = 'reply' | 'reply-all'
type People = Pick<MessageDetail, 'from' | 'sender' | 'replyTo' | 'to' | 'cc'>
export interface Recipients {
  to: Address[]
  cc: Address[]
}

interface Answering {
  original: People
  /** Every address that is the reader's own. */
  own: readonly string[]
  kind: AnswerKind
}

/** Who an answer goes to (RFC 5322 section 3.6.3: Reply-To before From), without writing to oneself. */
export function recipientsOfAnswer({ original, own, kind }: Answering): Recipients {
  const isOwn = ownership(own)
  const others = (list: Address[]) => usable(list).filter((one) => !isOwn(one))
  const author = authorOf(original)
  // A follow-up to one's own message goes where the first went.
  const isFollowUp =
    author.length > 0 && author.every(isOwn) && others(original.to.concat(original.cc)).length > 0
  if (isFollowUp) {
    const to = others(original.to)
    const cc = kind === 'reply-all' ? others(original.cc) : []
    return to.length > 0 ? without(to, cc) : { to: others(original.cc), cc: [] }
  }
  const target = answerTarget(original, isOwn)
  if (kind === 'reply') return { to: target, cc: [] }
  return without(merge([...target, ...others(original.to)]), others(original.cc))
}

const without = (to: Address[], cc: Address[]): Recipients => {
  const taken = new Set(to.map(({ address }) => address.toLowerCase()))
  return { to: merge(to), cc: merge(cc).filter(({ address }) => !taken.has(address.toLowerCase())) }
}

/** A Reply-To that names only the reader (some forms fill it in so) would answer into one's own inbox. */
function answerTarget(original: People, isOwn: (one: Address) => boolean): Address[] {
  const wished = usable(original.replyTo)
  const author = authorOf(original)
  const ignored = wished.every(isOwn) && !author.every(isOwn)
  return merge(wished.length > 0 && !ignored ? wished : author)
}

const authorOf = (original: People): Address[] => {
  const from = usable(original.from)
  return from.length > 0 ? from : usable(original.sender)
}

const usable = (list: Address[]): Address[] => list.filter(({ address }) => address.includes('@'))

/** `alice+news@x` is alice@x (RFC 5233): detailed addresses are the reader's own too. */
function ownership(own: readonly string[]): (one: Address) => boolean {
  const known = new Set(own.flatMap((one) => [one.toLowerCase(), bareAddress(one)]))
  return ({ address }) => known.has(address.toLowerCase()) || known.has(bareAddress(address))
}
