import 'server-only'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { knownFolders } from '../mail/mailboxes'

/** After folders changed, and were listed by who changed them: every window is told how they stand now. */
export const tellFolders = async (who: Account): Promise<void> =>
  publish(who.key, { type: 'mailboxes', mailboxes: await knownFolders(who) })
