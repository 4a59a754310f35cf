import 'server-only'
import { parseSearch, type SearchScope, type SearchWindow } from '@/lib/model/search'
import type { Account } from '../mail/account'
import { searchMail } from '../mail/search/search'

interface Wanted {
  who: Account
  q: string
  folder: SearchScope
  offset: number
  limit: number
}

/** A mistake in what was typed is an answer, with its place: nothing failed. */
export const searchMessages = async ({ who, q, folder, offset, limit }: Wanted): Promise<SearchWindow> => {
  const parsed = parseSearch(q)
  if (!parsed.ok) return { problem: parsed.problem, total: 0, offset, hits: [], missed: [], depth: 'all' }
  const search = { text: q, query: parsed.query, scope: folder }
  return { problem: null, ...(await searchMail(who, { search, offset, limit })) }
}
