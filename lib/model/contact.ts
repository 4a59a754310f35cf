import { z } from 'zod/mini'
import { sendableAddress } from './header-address'
import { noDetails } from './plain-contact'

// People the reader knows. `collected`: they were written to; `added`: the reader put them there.

export const contactId = z.string().check(z.regex(/^[A-Za-z0-9_-]{16,40}$/))

const line = (most: number) => z.string().check(z.maxLength(most), z.regex(/^[^\u0000-\u001f\u007f]*$/))

export const groupName = line(100).check(z.trim(), z.minLength(1))
export const mostGroups = 100

export const contact = z.object({
  id: contactId,
  name: z.string(),
  /** The first is the one that is written to. */
  addresses: z.array(z.string()),
  groups: z.array(z.string()),
  source: z.enum(['added', 'collected']),
  /** How often they were written to, and when last ('' for never): what completion is ranked by. */
  uses: z.number(),
  usedAt: z.string(),
})
export type Contact = z.infer<typeof contact>

/** What a vCard says beside name and addresses (RFC 6350). */
export const contactDetails = z.object({
  organisation: z._default(line(300), ''),
  title: z._default(line(300), ''),
  phones: z._default(z.array(line(100)).check(z.maxLength(20)), []),
  birthday: z._default(line(40), ''),
  note: z._default(z.string().check(z.maxLength(10_000)), ''),
  /** Everything else of the card it came from, as jCard (RFC 7095): it goes out again on export. */
  rest: z._default(z.string().check(z.maxLength(60_000)), ''),
})
export type ContactDetails = z.infer<typeof contactDetails>
export const fullContact = z.object({ ...contact.shape, details: contactDetails })
export type FullContact = z.infer<typeof fullContact>

export const newContact = z
  .object({
    name: sendableAddress.shape.name,
    addresses: z.array(sendableAddress.shape.address).check(z.maxLength(50)),
    groups: z._default(z.array(groupName).check(z.maxLength(mostGroups)), []),
    details: z._default(contactDetails, noDetails),
    /** `collected` only for one that was, and is put back. */
    source: z._default(z.enum(['added', 'collected']), 'added'),
    /** Of one that is put back: how often they were written to, and when last. */
    uses: z.optional(contact.shape.uses.check(z.int(), z.minimum(0), z.maximum(1e9))),
    usedAt: z.optional(contact.shape.usedAt.check(z.maxLength(40))),
  })
  .check(z.refine(({ name, addresses }) => name.trim() !== '' || addresses.length > 0))
export type NewContact = z.infer<typeof newContact>

/** What became of the cards of a file: taken over, there already, or not understood. */
export const imported = z.object({ added: z.number(), known: z.number(), unread: z.number() })
export type Imported = z.infer<typeof imported>

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
