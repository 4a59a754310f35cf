import { isFolderId } from '@/lib/model/folder-id'
import type { FolderId } from '@/lib/model/folder-id'
import { isMessageId } from '@/lib/model/message-id'
import type { MessageId } from '@/lib/model/message-id'
import { isSearchScope } from '@/lib/model/search'
import type { SearchScope } from '@/lib/model/search'
import { withBase, withoutBase } from './base'

/** What is looked for, and where. */
export interface Search {
  text: string
  scope: SearchScope
}

/** A place in the mail, as its URL says: which folder, and which message is open. */
export interface Place {
  account: number
  folder: FolderId
  message: MessageId | null
  /** The message is a hit: beside it stands the list of what was found, and Back leads there. */
  search?: Search
}

const halves = (path: string): [string, URLSearchParams] => {
  const [way = '', query = ''] = path.split('?', 2)
  return [withoutBase(way), new URLSearchParams(query)]
}

const searchIn = (query: URLSearchParams): Search | null => {
  const text = query.get('q')
  const scope = query.get('in') ?? 'mail'
  return text === null ? null : { text, scope: isSearchScope(scope) ? scope : 'mail' }
}

const queryOf = ({ text, scope }: Search): string =>
  `?${new URLSearchParams({ q: text, ...(scope === 'mail' ? {} : { in: scope }) }).toString()}`

/** What is being looked for at this address: on the page of results, or at a message opened from there. */
export const searchOfPath = (path: string): Search | null => {
  const [way, query] = halves(path)
  if (way === '/search') return searchIn(query) ?? { text: '', scope: 'mail' }
  return placeOfPath(path)?.search ?? null
}

export const pathOfSearch = (search: Search): string => withBase(`/search${queryOf(search)}`)

export const placeOfPath = (path: string): Place | null => {
  const [way, query] = halves(path)
  const [, mail, account, folder = '', message = '', ...rest] = way.split('/')
  if (mail !== 'mail' || rest.length > 0 || !/^\d{1,3}$/.test(account ?? '')) return null
  if (!isFolderId(folder) || (message && !isMessageId(message))) return null
  const search = message ? searchIn(query) : null
  return { account: Number(account), folder, message: message || null, ...(search ? { search } : {}) }
}

export const pathOfPlace = ({ account, folder, message, search }: Place): string => {
  if (search && !message) return pathOfSearch(search)
  return withBase(`/mail/${account}/${folder}${message ? `/${message}` : ''}${search ? queryOf(search) : ''}`)
}
