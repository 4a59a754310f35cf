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
  total: z.number(),
  unread: z.number(),
})
export type Mailbox = z.infer<typeof mailbox>
