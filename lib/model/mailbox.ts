import { z } from 'zod/mini'
import { isFolderId, roles } from './folder-id'

export const role = z.enum(roles)
export const folderId = z.string().check(z.refine(isFolderId))

export const mailbox = z.object({
  id: folderId,
  /** Full name as the server spells it, decoded to UTF-8. */
  path: z.string(),
  /** Last part of the path; special folders are shown by their role's word instead. */
  name: z.string(),
  parent: z.nullable(folderId),
  role: z.nullable(role),
  selectable: z.boolean(),
  subscribed: z.boolean(),
  /** What parts the levels of its path; null where the server knows none. */
  delimiter: z.nullable(z.string()),
  /** Whose it is (RFC 2342): one's own, another person's, or everybody's. */
  owner: z.enum(['me', 'other', 'shared']),
  /** Whether folders may be made in it (`\\Noinferiors`). */
  holds: z.enum(['folders', 'messages']),
  /** RFC 4314 section 2.1, where the server tells; null where nothing is known to be forbidden. */
  rights: z.nullable(z.string()),
  total: z.number(),
  unread: z.number(),
})
export type Mailbox = z.infer<typeof mailbox>
