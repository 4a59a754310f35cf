import 'server-only'
import type { Mailbox } from '@/lib/model/mailbox'
import type { Account } from '../mail/account'
import { listFolders } from '../mail/mailboxes'

export const listMailboxes = async ({ who }: { who: Account }): Promise<{ mailboxes: Mailbox[] }> => ({
  mailboxes: await listFolders(who),
})
