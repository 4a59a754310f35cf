import 'server-only'
import { isCompleteAddress } from '@/lib/model/address'
import type { MailingList, Unsubscribe } from '@/lib/model/cards'
import { type Headers, headerOf } from './headers'

// The way out of a mailing list (RFC 2369 section 3.2, RFC 8058). Never taken without being asked for.

const addressesIn = (header: string): URL[] =>
  (header.slice(0, 8000).match(/<[^<>]{1,2000}>/g) ?? []).slice(0, 20).flatMap((one) => {
    const text = one.slice(1, -1).replace(/\s+/g, '')
    return URL.canParse(text) ? [new URL(text)] : []
  })

const isWeb = ({ protocol, username, password }: URL) => /^https?:$/.test(protocol) && !username && !password

/** RFC 8058 section 3.1: one https address, and the field that says a POST is enough. */
export const oneClickOf = (headers: Headers): URL | null => {
  if (!/^\s*List-Unsubscribe=One-Click\s*$/i.test(headerOf(headers, 'list-unsubscribe-post'))) return null
  const web = addressesIn(headerOf(headers, 'list-unsubscribe')).find(isWeb)
  return web?.protocol === 'https:' ? web : null
}

export const unsubscribeOf = (headers: Headers): Unsubscribe => {
  const all = addressesIn(headerOf(headers, 'list-unsubscribe'))
  const oneClick = oneClickOf(headers)
  if (oneClick) return { way: 'one-click', host: oneClick.host }
  const mail = all.find(({ protocol }) => protocol === 'mailto:')
  if (mail) return { way: 'mail', mailto: mail.href }
  const web = all.find(isWeb)
  return web ? { way: 'link', url: web.href } : null
}

/** `mailto:list@example.org?subject=…` as the address alone; `NO` means that nobody may post (RFC 2369 section 3.4). */
const postAddress = (all: URL[]): string => {
  const { pathname = '' } = all.find(({ protocol }) => protocol === 'mailto:') ?? {}
  const address = decoded(pathname)
  return isCompleteAddress(address) ? address : ''
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/** `Gardeners of Prague <garden.lists.example>` (RFC 2919 section 3). */
const nameOf = (id: string): string => {
  const [, words = '', name = ''] =
    /^\s*"?([^<"]{0,200})"?\s*(?:<([^<>\s]{1,200})>)?/.exec(id.slice(0, 1000)) ?? []
  return words.trim() || name
}

export const listOf = (headers: Headers): MailingList => {
  if (!headers.has('list-id') && !headers.has('list-post')) return null
  const archive = addressesIn(headerOf(headers, 'list-archive')).find(isWeb)?.href ?? ''
  const post = postAddress(addressesIn(headerOf(headers, 'list-post')))
  return { name: nameOf(headerOf(headers, 'list-id')), archive, post }
}
