import type { MessageDetail } from '@/lib/model/message'

type Threaded = Pick<MessageDetail, 'messageId' | 'inReplyTo' | 'references'>

const mostReferences = 100

/** The chain of an answer (RFC 5322 section 3.6.4): the original's References, else its In-Reply-To, then itself. */
export function referencesOf({ messageId, inReplyTo, references }: Threaded): string[] {
  const before = references.length > 0 ? references : inReplyTo ? [inReplyTo] : []
  const chain = [...new Set([...before, messageId].filter(Boolean))]
  // A long thread keeps its root, so that it stays one thread, and its latest members.
  return chain.length <= mostReferences ? chain : [chain[0]!, ...chain.slice(1 - mostReferences)]
}
