import 'server-only'
import { keywordOfName, labelNamed } from '@/lib/model/label-name'
import { type Label } from '@/lib/model/label'
import { parseSearch, type Query, type SearchScope, type SearchWindow } from '@/lib/model/search'
import type { Account } from '../mail/account'
import { searchMail } from '../mail/search/search'
import { listLabels } from '../user/labels'

interface Wanted {
  who: Account
  q: string
  folder: SearchScope
  offset: number
  limit: number
}

/** A label is known to the person by its name, to the server by its keyword. */
const withKeywords = (query: Query, labels: readonly Label[]): Query => {
  if (query.kind === 'label') {
    const known = labelNamed(labels, query.label)?.keyword ?? keywordOfName(query.label)
    return { kind: 'label', label: known ?? query.label }
  }
  if (query.kind === 'not') return { kind: 'not', of: withKeywords(query.of, labels) }
  if (query.kind !== 'and' && query.kind !== 'or') return query
  return { kind: query.kind, of: query.of.map((one) => withKeywords(one, labels)) }
}

/** A mistake in what was typed is an answer, with its place: nothing failed. */
export const searchMessages = async ({ who, q, folder, offset, limit }: Wanted): Promise<SearchWindow> => {
  const parsed = parseSearch(q)
  if (!parsed.ok) return { problem: parsed.problem, total: 0, offset, hits: [], missed: [], depth: 'all' }
  const query = withKeywords(parsed.query, await listLabels(who.key))
  const search = { text: q, query, scope: folder }
  return { problem: null, ...(await searchMail(who, { search, offset, limit })) }
}
