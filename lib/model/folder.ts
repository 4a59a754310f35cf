import { z } from 'zod/mini'
import { folderId } from './mailbox'

// What is told of folders beside their place in the tree, and what is wished of them.

/** `size` in bytes; null where the server does not tell and there is too much to add up. */
export const folderMeasure = z.object({
  total: z.number(),
  unread: z.number(),
  size: z.nullable(z.number()),
})
export type FolderMeasure = z.infer<typeof folderMeasure>

/** How much room there is (RFC 9208). */
export const quota = z.object({ of: z.enum(['bytes', 'messages']), used: z.number(), limit: z.number() })
export type Quota = z.infer<typeof quota>

/** Where a folder stands: in another one, or at the top. */
export const folderPlace = {
  parent: z.nullable(folderId),
  name: z.string().check(z.maxLength(1000)),
}

/** Old and new ids, of a folder and of all that lie in it. */
export const renamedFolders = z.array(z.object({ from: folderId, to: folderId }))
export type RenamedFolders = z.infer<typeof renamedFolders>
