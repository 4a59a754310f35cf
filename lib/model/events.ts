import { z } from 'zod/mini'
import { flags } from './flags'
import { folderId, mailbox } from './mailbox'
import { label } from './label'
import { messageId, messageSummary } from './message'
import { bulkJob } from './bulk'
import { job } from './draft'
import { renamedFolders } from './folder'

// Facts, published after they are committed. The same reducer in the browser applies them whether they came
// by push or from the person's own click (DESIGN.md, "Shapes that repeat everywhere").
const at = { account: z.number(), folder: folderId }

export const mailEvent = z.discriminatedUnion('type', [
  /** New rows, newest first; they go to the top of the list in this order. `total` is after the arrival. */
  z.object({ type: z.literal('arrived'), ...at, rows: z.array(messageSummary), total: z.number() }),
  z.object({ type: z.literal('flags'), ...at, changes: z.array(z.object({ id: messageId, flags })) }),
  z.object({ type: z.literal('gone'), ...at, ids: z.array(messageId), total: z.number() }),
  z.object({ type: z.literal('counts'), ...at, total: z.number(), unread: z.number() }),
  z.object({ type: z.literal('mailboxes'), account: z.number(), mailboxes: z.array(mailbox) }),
  /** Folders that go by other ids now; what is known of them stays true. */
  z.object({ type: z.literal('renamed'), account: z.number(), renamed: renamedFolders }),
  z.object({ type: z.literal('labels'), account: z.number(), labels: z.array(label) }),
  /** How far an action on everything has come. */
  z.object({ type: z.literal('bulk'), account: z.number(), job: bulkJob }),
  /** What we know of this folder may be wrong (reconnected, UIDVALIDITY changed): ask again. */
  z.object({ type: z.literal('stale'), ...at }),
  z.object({ type: z.literal('job'), account: z.number(), job }),
  /** Taken back before it left. */
  z.object({ type: z.literal('job-gone'), account: z.number(), id: z.string() }),
  /** The link to the mail server, as the person should see it. */
  z.object({ type: z.literal('link'), account: z.number(), state: z.enum(['online', 'offline']) }),
  z.object({ type: z.literal('signed-out') }),
])
export type MailEvent = z.infer<typeof mailEvent>
