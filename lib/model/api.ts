import { z } from 'zod/mini'
import { bulkAction, bulkJob } from './bulk'
import { invitationAnswer, newerInvitation } from './cards'
import { contact, contactId, newContact, ruledSender, senderRule } from './contact'
import { draft, job, outgoing, upload } from './draft'
import { exportFormat } from './export'
import { flagName } from './flags'
import { folderId, mailbox } from './mailbox'
import { conversationItem, messageDetail, messageId, messageWindow, quotable } from './message'
import { preferences } from './preferences'
import { preview } from './preview'
import { searchScope, searchWindow } from './search/found'
import { listView } from './view'

// Every endpoint: method, path, what goes in, what comes out. The path is the URL below `{base}/api` and the
// place of the route file below `app/api`. `{name}` is filled from the input's field of that name; for GET and
// DELETE what remains of the input becomes the query, otherwise the JSON body.
export interface Endpoint<I extends z.ZodMiniType = z.ZodMiniType, O extends z.ZodMiniType = z.ZodMiniType> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  input: I
  output: O
}

const describe = <I extends z.ZodMiniType, O extends z.ZodMiniType>(
  endpoint: Endpoint<I, O>,
): Endpoint<I, O> => endpoint

const account = z.coerce.number().check(z.int(), z.minimum(0), z.maximum(1000))
const nothing = z.object({})
const ids = z.array(messageId).check(z.minLength(1), z.maxLength(10_000))
const inFolder = { account, folder: folderId }
const ofMessage = { ...inFolder, message: messageId }
/** An IMAP part number (RFC 9051 section 6.4.5); `~u1` is the first file written into the text of that part. */
export const part = z.string().check(z.regex(/^\d{1,4}(\.\d{1,4}){0,40}(~u\d{1,2})?$/))

const signedIn = z.object({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  agent: z.string(),
  client: z.string(),
  createdAt: z.string(),
  usedAt: z.string(),
})

const folderPath = '/accounts/{account}/mailboxes/{folder}'
const messagePath = `${folderPath}/messages/{message}`

export const api = {
  /** Open to everybody; sets the session cookie. Codes: 'wrong-password', 'server-unreachable', 'too-many-tries'. */
  signIn: describe({
    method: 'POST',
    path: '/session',
    input: z.object({
      address: z.string().check(z.trim(), z.minLength(1), z.maxLength(320)),
      password: z.string().check(z.minLength(1), z.maxLength(1024)),
    }),
    output: z.object({ address: z.string(), name: z.string() }),
  }),
  /** Sends that are waiting are still sent. `everywhere` also ends this person's other sessions. */
  signOut: describe({
    method: 'DELETE',
    path: '/session',
    input: z.object({ everywhere: z.optional(z.enum(['true'])) }),
    output: nothing,
  }),
  listSessions: describe({
    method: 'GET',
    path: '/sessions',
    input: nothing,
    output: z.object({ sessions: z.array(signedIn) }),
  }),
  endSession: describe({
    method: 'DELETE',
    path: '/sessions/{session}',
    input: z.object({ session: z.string().check(z.maxLength(100)) }),
    output: nothing,
  }),
  listMailboxes: describe({
    method: 'GET',
    path: '/accounts/{account}/mailboxes',
    input: z.object({ account }),
    output: z.object({ mailboxes: z.array(mailbox) }),
  }),
  listMessages: describe({
    method: 'GET',
    path: `${folderPath}/messages`,
    input: z.object({
      ...inFolder,
      ...listView.shape,
      offset: z.coerce.number().check(z.int(), z.minimum(0)),
      limit: z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)),
    }),
    output: messageWindow,
  }),
  /** A mistake in `q` comes back as `problem`, with its place in the text. */
  searchMessages: describe({
    method: 'GET',
    path: '/accounts/{account}/search',
    input: z.object({
      account,
      q: z.string().check(z.maxLength(4000)),
      folder: z._default(searchScope, 'mail'),
      offset: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 0),
      limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
    }),
    output: searchWindow,
  }),
  openMessage: describe({
    method: 'GET',
    path: messagePath,
    input: z.object(ofMessage),
    output: messageDetail,
  }),
  /** The messages of its conversation, oldest first, in whichever folder they lie; `some` when one did not answer. */
  openConversation: describe({
    method: 'GET',
    path: `${messagePath}/conversation`,
    input: z.object(ofMessage),
    output: z.object({ messages: z.array(conversationItem), depth: z.enum(['all', 'some']) }),
  }),
  quoteMessage: describe({
    method: 'GET',
    path: `${messagePath}/quote`,
    input: z.object(ofMessage),
    output: quotable,
  }),
  /** What an attachment looks like, for those that `viewOf` says are read. */
  previewPart: describe({
    method: 'GET',
    path: `${messagePath}/parts/{part}/preview`,
    input: z.object({ ...ofMessage, part }),
    output: preview,
  }),
  /** RFC 8058, for a message whose detail says `one-click`. */
  unsubscribe: describe({
    method: 'POST',
    path: `${messagePath}/unsubscribe`,
    input: z.object(ofMessage),
    output: z.object({ outcome: z.enum(['done', 'refused']) }),
  }),
  /** RFC 6047: the answer leaves as a message to the organiser, at once; the last one counts. */
  answerInvitation: describe({
    method: 'POST',
    path: `${messagePath}/invitation`,
    input: z.object({
      ...ofMessage,
      answer: invitationAnswer,
      /** Made up for one click, as in `sendMessage`. */
      id: upload.shape.id,
    }),
    output: nothing,
  }),
  newerInvitation: describe({
    method: 'GET',
    path: `${messagePath}/invitation`,
    input: z.object(ofMessage),
    output: z.object({ newer: newerInvitation }),
  }),
  /** Whether the inbox or the archive hold earlier mail of the sender's; asked after the message is shown. */
  isFirstMail: describe({
    method: 'GET',
    path: `${messagePath}/first`,
    input: z.object(ofMessage),
    output: z.object({ first: z.enum(['yes', 'no']) }),
  }),
  /** RFC 8098: a receipt leaves once, or never; either way nobody asks again. */
  answerReceipt: describe({
    method: 'POST',
    path: `${messagePath}/receipt`,
    input: z.object({
      ...ofMessage,
      answer: z.enum(['send', 'refuse']),
      by: z.enum(['person', 'policy']),
    }),
    output: nothing,
  }),
  setFlags: describe({
    method: 'POST',
    path: `${folderPath}/flags`,
    input: z.object({ ...inFolder, ids, flag: flagName, on: z.boolean() }),
    output: nothing,
  }),
  /** `to` may be a role whose folder is missing: it is created. `moved` pairs old and new ids, for undo. */
  moveMessages: describe({
    method: 'POST',
    path: `${folderPath}/move`,
    input: z.object({ ...inFolder, ids, to: folderId }),
    output: z.object({ to: folderId, moved: z.array(z.object({ from: messageId, to: messageId })) }),
  }),
  /** `copied` pairs the ids of the originals with those of the copies. */
  copyMessages: describe({
    method: 'POST',
    path: `${folderPath}/copy`,
    input: z.object({ ...inFolder, ids, to: folderId }),
    output: z.object({ to: folderId, copied: z.array(z.object({ from: messageId, to: messageId })) }),
  }),
  /** The file is then fetched from `/exports/{ticket}`, by whom asked for it, within minutes. */
  exportMessages: describe({
    method: 'POST',
    path: `${folderPath}/export`,
    input: z.object({ ...inFolder, ids, format: exportFormat }),
    output: z.object({ ticket: z.string() }),
  }),
  /** One action on everything the view holds now; `bulk` events tell how far it has come. */
  startBulk: describe({
    method: 'POST',
    path: `${folderPath}/bulk`,
    input: z.object({ ...inFolder, view: listView, action: bulkAction }),
    output: bulkJob,
  }),
  cancelBulk: describe({
    method: 'DELETE',
    path: '/accounts/{account}/bulk/{job}',
    input: z.object({ account, job: z.string().check(z.maxLength(100)) }),
    output: nothing,
  }),
  /** For good: only what is in Trash or Junk, or a draft. */
  deleteMessages: describe({
    method: 'POST',
    path: `${folderPath}/delete`,
    input: z.object({ ...inFolder, ids }),
    output: nothing,
  }),
  saveDraft: describe({
    method: 'PUT',
    path: '/accounts/{account}/drafts',
    input: z.object({ account, draft }),
    output: z.object({ folder: folderId, message: messageId }),
  }),
  openDraft: describe({
    method: 'GET',
    path: `${messagePath}/draft`,
    input: z.object(ofMessage),
    output: draft,
  }),
  sendMessage: describe({
    method: 'POST',
    path: '/accounts/{account}/outbox',
    input: z.object({
      account,
      /** Made up by the composer for one press of Send: repeated with the same id it is the same send. */
      id: z.optional(upload.shape.id),
      message: outgoing,
      undoSeconds: z.number().check(z.minimum(0), z.maximum(60)),
    }),
    output: job,
  }),
  listJobs: describe({
    method: 'GET',
    path: '/accounts/{account}/outbox',
    input: z.object({ account }),
    output: z.object({ jobs: z.array(job) }),
  }),
  /** Undo: gives the draft back, so that the composer opens again with every word. */
  cancelJob: describe({
    method: 'DELETE',
    path: '/accounts/{account}/outbox/{job}',
    input: z.object({ account, job: z.string() }),
    output: z.object({ draft }),
  }),
  retryJob: describe({
    method: 'POST',
    path: '/accounts/{account}/outbox/{job}/retry',
    input: z.object({ account, job: z.string() }),
    output: job,
  }),
  /** A part of a message becomes a file of the one being written; its bytes stay on the server. */
  uploadFromMessage: describe({
    method: 'POST',
    path: '/uploads/from-message',
    input: z.object({ ...ofMessage, part }),
    output: upload,
  }),
  dropUpload: describe({
    method: 'DELETE',
    path: '/uploads/{upload}',
    input: z.object({ upload: upload.shape.id }),
    output: nothing,
  }),
  listContacts: describe({
    method: 'GET',
    path: '/contacts',
    input: z.object({
      limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(20_000)), 1000),
    }),
    output: z.object({ contacts: z.array(contact) }),
  }),
  addContact: describe({ method: 'POST', path: '/contacts', input: newContact, output: contact }),
  removeContact: describe({
    method: 'DELETE',
    path: '/contacts/{contact}',
    input: z.object({ contact: contactId }),
    output: nothing,
  }),
  listSenders: describe({
    method: 'GET',
    path: '/senders',
    input: nothing,
    output: z.object({ senders: z.array(ruledSender) }),
  }),
  /** The decision about a sender, taken or taken back. */
  ruleSender: describe({
    method: 'PUT',
    path: '/senders',
    input: z.object({
      address: z.string().check(z.minLength(1), z.maxLength(400)),
      rule: senderRule,
      to: z.enum(['on', 'off']),
    }),
    output: nothing,
  }),
  readPreferences: describe({ method: 'GET', path: '/preferences', input: nothing, output: preferences }),
  writePreferences: describe({
    method: 'PUT',
    path: '/preferences',
    input: preferences,
    output: preferences,
  }),
} as const

export type Input<E extends Endpoint> = z.infer<E['input']>
export type Output<E extends Endpoint> = z.infer<E['output']>

// Doors that are not JSON in and JSON out, by URL:
//   GET  {messagePath}/frame?images=blocked|shown&theme=light|dark   the body as a document of its own; with
//                          &inside={part} that of a message inside the message, &as=text its plain form
//   GET  {messagePath}/parts/{part}                                  an attachment, as a download; with
//                          ?wish=look what a browser may show: pictures, sound, film, PDF
//   GET  {messagePath}/zip                                           all attachments
//   GET  {messagePath}/source                                        the raw message, text/plain
//   POST {folderPath}/import  (the file is the body)               a message from a file
//   GET  /exports/{ticket}                                           messages as a file
//   POST /uploads?name=…  (the file is the body)                     -> Upload
//   GET  /events                                                     server-sent MailEvents
//   GET  /health, /ready
export const urls = {
  frame: (at: { account: number; folder: string; message: string }) => `${pathOf(at)}/frame`,
  part: (at: { account: number; folder: string; message: string }, part: string) =>
    `${pathOf(at)}/parts/${part}`,
  zip: (at: { account: number; folder: string; message: string }) => `${pathOf(at)}/zip`,
  source: (at: { account: number; folder: string; message: string }) => `${pathOf(at)}/source`,
  importInto: (at: { account: number; folder: string }) =>
    `/accounts/${at.account}/mailboxes/${at.folder}/import`,
  exported: (ticket: string) => `/exports/${ticket}`,
  uploads: '/uploads',
  events: '/events',
}

const pathOf = (at: { account: number; folder: string; message: string }): string =>
  `/accounts/${at.account}/mailboxes/${at.folder}/messages/${at.message}`
