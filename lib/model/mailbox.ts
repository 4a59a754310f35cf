import { z } from 'zod/mini'

// A folder in a URL is a role word, or `~` + base64url of its UTF-8 name (DESIGN.md decision 6).
export const roles = ['inbox', 'starred', 'drafts', 'sent', 'archive', 'junk', 'trash'] as const
export const role = z.enum(roles)
export type Role = z.infer<typeof role>
export const isRole = (id: string): id is Role => (roles as readonly string[]).includes(id)

export const folderId = z
  .string()
  .check(z.maxLength(2048), z.regex(/^(inbox|starred|drafts|sent|archive|junk|trash|~[A-Za-z0-9_-]+)$/))
export type FolderId = z.infer<typeof folderId>

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

const toBase64Url = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

const fromBase64Url = (text: string): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0)),
  )

export const folderIdOfPath = (path: string): FolderId => `~${toBase64Url(path)}`

/** The path a `~…` id names, or null for a role word or a broken id. */
export const pathOfFolderId = (id: FolderId): string | null => {
  if (!id.startsWith('~')) return null
  try {
    return fromBase64Url(id.slice(1))
  } catch {
    return null
  }
}
