import { z } from 'zod/mini'
import { address, sendableAddress } from './header-address'
import { folderId } from './mailbox'
import { messageId } from './message'

export const upload = z.object({
  id: z.string().check(z.regex(/^[A-Za-z0-9_-]{16,64}$/)),
  name: z.string(),
  type: z.string(),
  size: z.number(),
  /** Under which Content-ID it stands in the text (RFC 2392); a file beside the text has none. */
  cid: z.optional(z.string().check(z.regex(/^[A-Za-z0-9._-]{1,80}@[A-Za-z0-9.-]{1,80}$/))),
})
export type Upload = z.infer<typeof upload>

/** How much of a file has come, and the file once that is all of it. */
export const uploadState = z.object({ received: z.number(), upload: z.nullable(upload) })
export type UploadState = z.infer<typeof uploadState>

/** What is asked of those who carry it and of who reads it, beside what is written. */
export const sendingWishes = z.object({
  priority: z.enum(['normal', 'high', 'low']),
  /** RFC 8098: whoever reads it is asked to say so. */
  receipt: z.enum(['no', 'ask']),
  /** RFC 3461: the servers are asked to say that it arrived. */
  notice: z.enum(['no', 'ask']),
})
export type SendingWishes = z.infer<typeof sendingWishes>

const source = z.object({ folder: folderId, message: messageId })

const token = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/))

const changes = z.number().check(z.int(), z.minimum(0))

/** Which draft this is, in all its versions and on every device, and which window wrote this version. */
export const lineage = z.object({
  key: token,
  writer: token,
  /** After how many changes of this writer: of two saves the later one is not always the last to be filed. */
  count: z.optional(changes),
  /** The window that left it to this one, and how far it had come. */
  before: z.optional(z.object({ writer: token, count: changes })),
})
export type Lineage = z.infer<typeof lineage>

const content = {
  subject: z.string().check(z.maxLength(2000)),
  html: z.string().check(z.maxLength(5_000_000)),
  text: z.string().check(z.maxLength(5_000_000)),
  uploads: z.array(upload).check(z.maxLength(100)),
  inReplyTo: z.string().check(z.maxLength(2000)),
  references: z.array(z.string().check(z.maxLength(2000))).check(z.maxLength(200)),
  organisation: z.optional(sendableAddress.shape.name),
  wishes: z.optional(sendingWishes),
  /** The message answered or forwarded: gets its flag once this one has left. */
  original: z.nullable(z.object({ ...source.shape, as: z.enum(['reply', 'forward']) })),
  /** The saved draft this came from: removed once this one has left. */
  draft: z.nullable(source),
  lineage: z.optional(lineage),
  /** When it was to leave, before it was taken back to be changed. */
  planned: z.optional(z.string().check(z.maxLength(40))),
}

/** A draft may be incomplete in every way; a message to send may not. */
export const draft = z.object({
  ...content,
  from: z.nullable(address),
  replyTo: z.optional(z.array(address).check(z.maxLength(10))),
  to: z.array(address).check(z.maxLength(2000)),
  cc: z.array(address).check(z.maxLength(2000)),
  bcc: z.array(address).check(z.maxLength(2000)),
})
export type Draft = z.infer<typeof draft>

/**
 * What a save found of the same draft: versions that another window or device wrote and this one never saw, or that
 * its own was taken away (sent or deleted there).
 */
export const elsewhere = z.discriminatedUnion('is', [
  z.object({ is: z.literal('nothing') }),
  z.object({ is: z.literal('changed'), others: z.array(messageId) }),
  z.object({ is: z.literal('gone') }),
])
export type Elsewhere = z.infer<typeof elsewhere>

export const outgoing = z.object({
  ...content,
  from: z.nullable(sendableAddress),
  replyTo: z.optional(z.array(sendableAddress).check(z.maxLength(10))),
  to: z.array(sendableAddress).check(z.maxLength(2000)),
  cc: z.array(sendableAddress).check(z.maxLength(2000)),
  bcc: z.array(sendableAddress).check(z.maxLength(2000)),
})
export type Outgoing = z.infer<typeof outgoing>

export const jobState = z.enum(['waiting', 'sending', 'sent', 'parked', 'failed', 'unsure'])

/** `redirect`: somebody else's message, passed on as it is (RFC 5322 section 3.6.6). */
export const jobKind = z.enum(['message', 'redirect'])

/** A send in the outbox. `unsure`: the connection broke where SMTP cannot tell whether it was taken. */
export const job = z.object({
  id: z.string(),
  kind: jobKind,
  state: jobState,
  subject: z.string(),
  to: z.array(address),
  dueAt: z.string(),
  /** An `errors.ts` code and the server's own answer, when it did not go well. */
  problem: z.nullable(z.object({ code: z.string(), answer: z.string(), refused: z.array(z.string()) })),
})
export type Job = z.infer<typeof job>
