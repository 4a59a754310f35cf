import { z } from 'zod/mini'
import { sendableAddress } from './header-address'

// People the reader knows. `collected`: they were written to; `added`: the reader put them there. Groups and
// the fields of a vCard (RFC 6350) are kept from the first day and shown when contacts have a page.

export const contactId = z.string().check(z.regex(/^[A-Za-z0-9_-]{16,40}$/))

export const contact = z.object({
  id: contactId,
  name: z.string(),
  /** The first is the one that is written to. */
  addresses: z.array(z.string()),
  groups: z.array(z.string()),
  source: z.enum(['added', 'collected']),
})
export type Contact = z.infer<typeof contact>

export const newContact = z.object({
  name: sendableAddress.shape.name,
  addresses: z.array(sendableAddress.shape.address).check(z.minLength(1), z.maxLength(50)),
})
export type NewContact = z.infer<typeof newContact>

/** What the reader decided about a sender: their images are always shown; their mail is not wanted. */
export const senderRule = z.enum(['images', 'blocked'])
export type SenderRule = z.infer<typeof senderRule>

export const ruledSender = z.object({ address: z.string(), rule: senderRule, since: z.string() })
export type RuledSender = z.infer<typeof ruledSender>

/** How the reader stands with the sender of a message. */
export const standing = z.object({
  /** Of the contact with the sender's address; '' where there is none. */
  contact: z.object({ is: z.enum(['unknown', 'collected', 'added']), id: z.string() }),
  images: z.enum(['ask', 'allowed']),
  mail: z.enum(['taken', 'blocked']),
})
export type Standing = z.infer<typeof standing>
