// From the client's search tree to the store's: numbers become UIDs through this session's view.
import type { SearchKey } from '../../store/contract'
import { Malformed } from '../wire/scanner'
import type { SearchTree } from '../grammar/search-keys'
import type { Session } from '../session'
import type { View } from '../view'

const none: SearchKey = { key: 'not', of: { key: 'all' } }

export const compileSearch = (tree: SearchTree, view: View): SearchKey => {
  if ('of' in tree && tree.key !== 'not')
    return { ...tree, of: tree.of.map((key) => compileSearch(key, view)) }
  if (tree.key === 'not') return { key: 'not', of: compileSearch(tree.of, view) }
  if (tree.key === 'none') return none
  if (tree.key !== 'set') return tree
  const ranges = view.ranges(tree.set, tree.by)
  if (!ranges) throw new Malformed('there is no message of that number')
  return ranges.length > 0 ? { key: 'uids', ranges } : none
}

/** UIDs, ascending, of messages that the client knows. */
export const findMessages = async (session: Session, tree: SearchTree): Promise<number[]> => {
  const view = session.selected
  if (tree.key === 'all') return view.present()
  const found = await session.mail.search(view.mailbox, compileSearch(tree, view))
  return found.filter((uid) => view.numberOf(uid) > 0)
}
