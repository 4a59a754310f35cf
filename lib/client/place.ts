import { folderId } from '@/lib/model/mailbox'
import type { FolderId } from '@/lib/model/mailbox'
import { messageId } from '@/lib/model/message'
import type { MessageId } from '@/lib/model/message'
import { basePath, withBase, withoutBase } from './base'

/** A place in the mail, as its URL says: which folder, and which message is open. */
export interface Place {
  account: number
  folder: FolderId
  message: MessageId | null
}

export const placeOfPath = (path: string): Place | null => {
  const [, mail, account, folder, message, ...rest] = withoutBase(path).split('/')
  if (mail !== 'mail' || rest.length > 0 || !/^\d{1,3}$/.test(account ?? '')) return null
  const named = folderId.safeParse(folder)
  if (!named.success) return null
  const id = message ? messageId.safeParse(message) : null
  if (id && !id.success) return null
  return { account: Number(account), folder: named.data, message: id?.data ?? null }
}

export const pathOfPlace = ({ account, folder, message }: Place): string =>
  withBase(`/mail/${account}/${folder}${message ? `/${message}` : ''}`)

export const samePlace = (a: Place, b: Place): boolean =>
  a.account === b.account && a.folder === b.folder && a.message === b.message

const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** Going somewhere within the mail is a change of URL and nothing else: the page stays, no server is asked. */
export const navigation = {
  subscribe: (listener: () => void) => {
    if (listeners.size === 0) window.addEventListener('popstate', tell)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) window.removeEventListener('popstate', tell)
    }
  },
  path: (): string => window.location.pathname,
  go: (place: Place, how: 'push' | 'replace' = 'push'): void => {
    const path = pathOfPlace(place)
    if (path === window.location.pathname) return
    if (how === 'push') window.history.pushState(null, '', path)
    else window.history.replaceState(null, '', path)
    tell()
  },
}

/** Whether a path lies within the application, so that a link can be followed without leaving it. */
export const isOurs = (path: string): boolean => basePath() === '' || path.startsWith(`${basePath()}/`)
