import type { MailSystem, TestUser } from './contract'
import { startDebian, whyNoDebian } from './debian'
import { type Filed, fillMaildirs } from './maildir'
import { posthornMaildir, startPosthorn } from './posthorn'
import { testUsers } from './users'

export type { MailSystem, TestUser } from './contract'

/** Why this mail system cannot run on this machine, in one line; null when it can. */
export const whyNot = (kind: MailSystem['kind']): string | null => (kind === 'dovecot' ? whyNoDebian() : null)

interface Start {
  /** What lies in alice's inbox before the first start, and in that of each of the crowd. */
  letters?: Iterable<Filed>
  /** Further users, all with the password of the first. */
  crowd?: TestUser[]
}

export const startMailSystem = (
  kind: MailSystem['kind'],
  { letters, crowd = [] }: Start = {},
): Promise<MailSystem> => {
  if (kind === 'dovecot') return startDebian({ letters, crowd })
  const inboxes = (home: string) => [testUsers.alice, ...crowd].map((user) => posthornMaildir(home, user))
  const prepare = (home: string) => letters && fillMaildirs(inboxes(home), letters)
  return startPosthorn({ prepare, crowd })
}
