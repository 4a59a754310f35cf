import { z } from 'zod/mini'
import { address } from './header-address'
import {
  bounce,
  invitation,
  mailingList,
  protection,
  readReceipt,
  receiptWish,
  trust,
  unsubscribe,
} from './cards'
import { standing } from './contact'
import { fileKinds } from './file-kind'
import { flags } from './flags'
import { folderId } from './mailbox'
import { isMessageId } from './message-id'

export const messageId = z.string().check(z.refine(isMessageId))

/** The conversation a row stands for. */
export const threadSummary = z.object({
  /** Its messages in this folder, newest first. */
  ids: z.array(messageId),
  /** Those of them that were not read. */
  unread: z.array(messageId),
  /** All of its messages, what was sent included. */
  count: z.number(),
  /** Who wrote, the last one last. */
  senders: z.array(address),
})
export type ThreadSummary = z.infer<typeof threadSummary>

/** What a row of the list shows. Dates are ISO 8601 in UTC. */
export const messageSummary = z.object({
  id: messageId,
  from: z.array(address),
  to: z.array(address),
  subject: z.string(),
  preview: z.string(),
  date: z.string(),
  size: z.number(),
  flags,
  attachments: z.array(z.object({ name: z.string(), type: z.string() })),
  thread: z.optional(threadSummary),
})
export type MessageSummary = z.infer<typeof messageSummary>

/** A slice of the ordered array that a mailbox is (DESIGN.md decision 2). Newest first. */
export const messageWindow = z.object({
  uidvalidity: z.string(),
  total: z.number(),
  offset: z.number(),
  rows: z.array(messageSummary),
})
export type MessageWindow = z.infer<typeof messageWindow>

/** In place of the window that the one who asks has named. */
export const unchangedWindow = z.object({ unchanged: z.literal(true) })
export type UnchangedWindow = z.infer<typeof unchangedWindow>

/** A message of a conversation, and the folder it lies in. */
export const conversationItem = z.object({
  folder: folderId,
  messageId: z.string(),
  row: messageSummary,
})
export type ConversationItem = z.infer<typeof conversationItem>

export const attachment = z.object({
  /** IMAP part number, such as `2` or `1.2`. */
  part: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.number(),
  inline: z.boolean(),
  /** What its first bytes are, where name and type say something else: "says PDF, is a program". */
  really: z.nullable(z.enum(fileKinds)),
})
export type Attachment = z.infer<typeof attachment>

/** What the reader shows around the body. The body itself is the document at `…/frame`. */
export const messageDetail = z.object({
  id: messageId,
  messageId: z.string(),
  inReplyTo: z.string(),
  references: z.array(z.string()),
  from: z.array(address),
  sender: z.array(address),
  replyTo: z.array(address),
  to: z.array(address),
  cc: z.array(address),
  bcc: z.array(address),
  subject: z.string(),
  date: z.string(),
  size: z.number(),
  flags,
  attachments: z.array(attachment),
  body: z.object({
    /** `source` when its structure could not be read. */
    shows: z.enum(['html', 'text', 'source', 'none']),
    /** Remote resources the sanitiser held back; shown as "3 remote images blocked". */
    blockedRemote: z.number(),
    /** The forms the sender gave it in (RFC 2046 section 5.1.4): more than one can be switched. */
    forms: z.array(z.enum(['html', 'text'])),
    /** Known trackers among them, by name. */
    trackers: z.array(z.string()),
    /** `part`: too long, too deep or in too many pieces to be shown whole. */
    extent: z.enum(['whole', 'part']),
  }),
  protection,
  bounce: z.nullable(bounce),
  invitation: z.nullable(invitation),
  readReceipt: z.nullable(readReceipt),
  receiptWish: z.nullable(receiptWish),
  /** Who wishes a delivery report (Return-Receipt-To); ''. */
  deliveryReport: z.string(),
  list: mailingList,
  unsubscribe,
  trust,
  standing,
})
export type MessageDetail = z.infer<typeof messageDetail>

/** A picture that stands in a quoted text: its part, and the Content-ID the quote names it by. */
export const quotedPicture = z.object({
  part: z.string(),
  cid: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.number(),
})
export type QuotedPicture = z.infer<typeof quotedPicture>

/** What a reply starts from: the shown part as safe HTML and as text, for quoting. */
export const quotable = z.object({ html: z.string(), text: z.string(), pictures: z.array(quotedPicture) })
export type Quotable = z.infer<typeof quotable>
