import { isFolderId, type FolderId } from '../folder-id'

/**
 * Where to look: `mail` is every folder but Junk and Trash, unless the query names one with `in:`; a folder's id with
 * `.tree` is the folder with all that lie in it.
 */
export type SearchScope = 'mail' | 'everywhere' | FolderId | `${FolderId}.tree`

const tree = '.tree'

/** The folder whose subtree is meant. */
export const treeOf = (scope: SearchScope): FolderId | null => {
  const folder = scope.endsWith(tree) ? scope.slice(0, -tree.length) : ''
  return isFolderId(folder) ? folder : null
}
export const treeScope = (folder: FolderId): SearchScope => `${folder}${tree}`

export const isSearchScope = (text: string): text is SearchScope =>
  text === 'mail' || text === 'everywhere' || isFolderId(text) || treeOf(text) !== null
