import { sameKeyword } from '@/lib/model/label-name'
import { type Found, hitKey, removeHits, staleHits } from './found'
import type { Change, MailState } from './state'
import type { MailStore } from './store'

// The list of what carries a label follows what is told of any folder: what lost the label leaves, and for what got it
// the server is asked, who alone knows its place.

type Told = Extract<Change, { type: 'flags' }>

/** What a list that is kept by this key is looked for by: a label, in all folders but Junk and Trash or in these too. */
const soughtBy = (key: string): { keyword: string; scope: string } | null => {
  const [scope = '', text = ''] = key.split('\n', 2)
  const keyword = /^label:(\S+)$/.exec(text.trim())?.[1]
  return keyword === undefined ? null : { keyword, scope }
}

const followed = (key: string, found: Found, { folder, changes }: Told): Found => {
  const sought = soughtBy(key)
  if (!sought || (sought.scope === 'mail' && (folder === 'junk' || folder === 'trash'))) return found
  const carries = ({ flags }: Told['changes'][number]) =>
    flags.keywords.some((one) => sameKeyword(one, sought.keyword))
  const isHit = ({ id }: Told['changes'][number]) => found.listing.rows.has(hitKey(folder, id))
  const left = changes.filter((one) => isHit(one) && !carries(one)).map(({ id }) => id)
  const came = changes.some((one) => carries(one) && !isHit(one))
  const without = left.length === 0 ? found : removeHits(found, folder, left)
  return came ? staleHits(without) : without
}

export const followLabels = ({ get, update }: Pick<MailStore, 'get' | 'update'>, told: Told): void => {
  const before: MailState['searches'] = get().searches
  const isTouched = Object.entries(before).some(([key, found]) => followed(key, found, told) !== found)
  if (!isTouched) return
  update((state) => ({
    ...state,
    searches: Object.fromEntries(
      Object.entries(state.searches).map(([key, found]) => [key, followed(key, found, told)]),
    ),
  }))
}
