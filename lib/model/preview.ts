import { z } from 'zod/mini'
import { invitation } from './cards'
import { messageDetail } from './message'

// What an attachment looks like before it is opened elsewhere. Pictures, sound and film are shown from their
// bytes; the rest is read by the server and comes as plain values.

export const contactCard = z.object({
  name: z.string(),
  organisation: z.string(),
  title: z.string(),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  addresses: z.array(z.string()),
  links: z.array(z.string()),
  birthday: z.string(),
  note: z.string(),
})
export type ContactCard = z.infer<typeof contactCard>

export const preview = z.discriminatedUnion('shows', [
  z.object({ shows: z.literal('text'), text: z.string(), whole: z.boolean() }),
  z.object({ shows: z.literal('calendar'), invitation }),
  z.object({ shows: z.literal('contacts'), contacts: z.array(contactCard) }),
  z.object({ shows: z.literal('message'), detail: messageDetail }),
  z.object({ shows: z.literal('nothing') }),
])
export type Preview = z.infer<typeof preview>
