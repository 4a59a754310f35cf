// A folder in a URL is a role word, or `~` + base64url of its UTF-8 name (DESIGN.md decision 6).
export const roles = ['inbox', 'starred', 'drafts', 'sent', 'archive', 'junk', 'trash'] as const
export type Role = (typeof roles)[number]
export const isRole = (id: string): id is Role => (roles as readonly string[]).includes(id)

export type FolderId = string
export const isFolderId = (text: string): text is FolderId =>
  text.length <= 2048 && (isRole(text) || /^~[A-Za-z0-9_-]+$/.test(text))

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
