import { z } from 'zod/mini'
import { address } from './header-address'

// What the reader says about a message beside its body: a bounce, an invitation, a mailing list, who sent it.
// All of it comes from strangers: texts are one line and bounded, and every choice is a closed set.

/** Why a server did not take a message, by its enhanced status code (RFC 3463). */
export const bounceReason = z.enum([
  'no-such-address',
  'mailbox-full',
  'mailbox-closed',
  'too-large',
  'unreachable',
  'content',
  'policy',
  'unknown',
])
export type BounceReason = z.infer<typeof bounceReason>

export const bounce = z.object({
  recipients: z.array(
    z.object({
      address: z.string(),
      outcome: z.enum(['failed', 'delayed']),
      reason: bounceReason,
      status: z.string(),
      /** The server's own sentence, shown only behind "Details". */
      answer: z.string(),
    }),
  ),
  /** Of the message that did not arrive; '' when the report does not tell. */
  subject: z.string(),
})
export type Bounce = z.infer<typeof bounce>

export const weekday = z.enum(['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'])

/** Only rules that can be said in a sentence; any other is told as "repeats". */
export const recurrence = z.object({
  every: z.enum(['day', 'week', 'month', 'year', 'other']),
  interval: z.number(),
  days: z.array(weekday),
  /** "The last Friday" of a month: -1, or 1 to 4. */
  ordinal: z.nullable(z.object({ which: z.number(), day: weekday })),
  /** A date, or ''. */
  until: z.string(),
  /** 0 when the rule has none. */
  count: z.number(),
})
export type Recurrence = z.infer<typeof recurrence>

const answers = ['accepted', 'tentative', 'declined'] as const
export const invitationAnswer = z.enum(answers)
export type InvitationAnswer = z.infer<typeof invitationAnswer>

export const invitation = z.object({
  /** For the download. */
  part: z.string(),
  /** RFC 5546 section 1.4; what is none of these is told as `publish`. */
  method: z.enum(['request', 'cancel', 'reply', 'counter', 'declinecounter', 'publish']),
  title: z.string(),
  /** `day`: dates without a time. `floating`: the time on the wall wherever one is (RFC 5545 section 3.3.5). */
  clock: z.enum(['instant', 'floating', 'day']),
  /** ISO 8601; `end` is '' when unknown, and the day after the last for whole days. */
  start: z.string(),
  end: z.string(),
  place: z.string(),
  organiser: z.nullable(address),
  /** What those who answered said; only told of a reply. */
  answers: z.array(z.object({ who: address, says: z.enum([...answers, 'other']) })),
  repeats: z.nullable(recurrence),
  /** What the sender of this answer or proposal wrote along; ''. */
  comment: z.string(),
  /** What this reader said to it; null where the reader is not the one who is asked. */
  mine: z.nullable(z.enum([...answers, 'none'])),
  /** The address under which this reader is asked, where that is not their own; ''. */
  invitedAs: z.string(),
})
export type Invitation = z.infer<typeof invitation>

/** A later message about the same event (RFC 5546 section 2.1.5): the earlier one no longer counts. */
export const newerInvitation = z.nullable(
  z.object({ folder: z.string(), message: z.string(), method: z.enum(['request', 'cancel']) }),
)
export type NewerInvitation = z.infer<typeof newerInvitation>

/** Somebody wishes to know that this message was read (RFC 8098). */
export const receiptWish = z.object({
  to: z.array(z.string()),
  /** `must-ask`: the receipt would go elsewhere than where the message came from (section 2.1). */
  automatic: z.enum(['may', 'must-ask']),
})
export type ReceiptWish = z.infer<typeof receiptWish>

/** A receipt that came. */
export const readReceipt = z.object({
  who: z.string(),
  outcome: z.enum(['read', 'deleted', 'refused', 'handled']),
  /** Of the message it is about; '' when it does not tell. */
  subject: z.string(),
  original: z.string(),
})
export type ReadReceipt = z.infer<typeof readReceipt>

/** Signed or encrypted by its sender; that is all that is known of it here. */
export const protection = z.nullable(
  z.object({ kind: z.enum(['openpgp', 'smime']), does: z.enum(['signed', 'encrypted']) }),
)
export type Protection = z.infer<typeof protection>

export const unsubscribe = z.nullable(
  z.union([
    z.object({ way: z.literal('one-click'), host: z.string() }),
    z.object({ way: z.literal('mail'), mailto: z.string() }),
    z.object({ way: z.literal('link'), url: z.string() }),
  ]),
)
export type Unsubscribe = z.infer<typeof unsubscribe>

export const trust = z.object({
  /** `verified`: a server that the administrator trusts says that the address is the sender's own. */
  sender: z.enum(['verified', 'unknown']),
  /** An address inside the display name that is not the sender's; '' when there is none. */
  pretends: z.string(),
  /** A domain that the sender's could be taken for; '' when it is like none. */
  like: z.string(),
  /** The sender's domain without disguise (xn--…), where its letters are not what they seem; else ''. */
  undisguised: z.string(),
  /** Where answers would go, when that is neither the sender nor anybody near; else ''. */
  answersTo: z.string(),
})
export type Trust = z.infer<typeof trust>

/** The mailing list a message came by (RFC 2369, RFC 2919); null where it came by none. */
export const mailingList = z.nullable(
  z.object({
    name: z.string(),
    /** Where earlier messages are read: a web address, or ''. */
    archive: z.string(),
    /** Where answers to all go: an address, or '' for a list that takes none. */
    post: z.string(),
  }),
)
export type MailingList = z.infer<typeof mailingList>
