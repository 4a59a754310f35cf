import type { MailStore } from './store'

type Lists = Pick<MailStore, 'get' | 'apply'>

/** What is shown is kept, and asked for again; so is what is on its way, which may be older than what was missed. */
const look = ({ get, apply }: Lists, wanted: (folder: string) => boolean): void => {
  for (const key of Object.keys(get().listings)) {
    const slash = key.indexOf('/')
    const folder = key.slice(slash + 1)
    if (wanted(folder)) apply({ type: 'stale', account: Number(key.slice(0, slash)), folder })
  }
}

/** Facts were missed. */
export const staleAll = (lists: Lists): void => look(lists, () => true)

/** Drawn before the server was listened to, a list may lack what came meanwhile; of the inbox that is told by itself. */
export const staleButInbox = (lists: Lists): void => look(lists, (folder) => folder !== 'inbox')
