import type { MailSystem } from './contract'
import { startDebian, whyNoDebian } from './debian'
import { startPosthorn } from './posthorn'

export type { MailSystem, TestUser } from './contract'

/** Why this mail system cannot run on this machine, in one line; null when it can. */
export const whyNot = (kind: MailSystem['kind']): string | null => (kind === 'dovecot' ? whyNoDebian() : null)

export const startMailSystem = (kind: MailSystem['kind']): Promise<MailSystem> =>
  kind === 'dovecot' ? startDebian() : startPosthorn()
