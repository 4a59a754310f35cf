import type { MailSystem } from './contract'
import { startDebian, whyNoDebian } from './debian'
import { type Filed, fillMaildirs } from './maildir'
import { posthornMaildir, startPosthorn } from './posthorn'
import { testUsers } from './users'

export type { MailSystem, TestUser } from './contract'

/** Why this mail system cannot run on this machine, in one line; null when it can. */
export const whyNot = (kind: MailSystem['kind']): string | null => (kind === 'dovecot' ? whyNoDebian() : null)

/** `letters`: what lies in alice's inbox before the first start. */
export const startMailSystem = (
  kind: MailSystem['kind'],
  { letters }: { letters?: Iterable<Filed> } = {},
): Promise<MailSystem> => {
  if (kind === 'dovecot') return startDebian({ letters })
  const prepare = (home: string) => letters && fillMaildirs([posthornMaildir(home, testUsers.alice)], letters)
  return startPosthorn({ prepare })
}
