import { isFolderId, type FolderId } from '../folder-id'

/** Where to look: `mail` is every folder but Junk and Trash, unless the query names one with `in:`. */
export type SearchScope = 'mail' | 'everywhere' | FolderId
export const isSearchScope = (text: string): text is SearchScope =>
  text === 'mail' || text === 'everywhere' || isFolderId(text)
