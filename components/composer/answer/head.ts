import type { Draft } from '@/lib/model/draft'
import type { MessageDetail } from '@/lib/model/message'
import { recipientsOfAnswer, type Recipients } from './recipients'
import { forwardSubject, replySubject } from './subject'
import { referencesOf } from './thread'

interface Answering {
  kind: 'reply' | 'reply-all' | 'forward'
  original: Parameters<typeof recipientsOfAnswer>[0]['original'] &
    Parameters<typeof referencesOf>[0] &
    Pick<MessageDetail, 'subject'>
  /** Every address that is the writer's own. */
  own: readonly string[]
}

type Head = Recipients & Pick<Draft, 'subject' | 'inReplyTo' | 'references'>

/** What stands above the text of an answer. */
export function headOf({ kind, original, own }: Answering): Head {
  const references = referencesOf(original)
  // RFC 5322 section 3.6.4: what is passed on answers nothing, but belongs to the thread.
  if (kind === 'forward')
    return { to: [], cc: [], subject: forwardSubject(original.subject), inReplyTo: '', references }
  const people = recipientsOfAnswer({ original, own, kind })
  return { ...people, subject: replySubject(original.subject), inReplyTo: original.messageId, references }
}
