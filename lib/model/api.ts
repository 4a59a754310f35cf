import { z } from 'zod/mini'
import { bulkAction, bulkJob } from './bulk'
import { invitationAnswer, newerInvitation } from './cards'
import { contact, contactId, fullContact, groupName, newContact, ruledSender, senderRule } from './contact'
import { draft, elsewhere, job, jobKind, outgoing, upload } from './draft'
import { exportFormat } from './export'
import { flagName } from './flags'
import { folderMeasure, folderPlace, quota, renamedFolders } from './folder'
import { sendableAddress } from './header-address'
import { identities, snippets } from './identity'
import { keyword, label, labelColour, labelName } from './label'
import { folderId, mailbox } from './mailbox'
import {
  conversationItem,
  messageDetail,
  messageId,
  messageWindow,
  quotable,
  unchangedWindow,
} from './message'
import { shortestPassword } from './password'
import { type Path, paths } from './paths'
import { preferences, preferencesChange } from './preferences'
import { preview } from './preview'
import { searchScope, searchWindow } from './search/found'
import { listView } from './list-view'

// What goes into every endpoint and what comes out; where it is stands in `paths.ts`. Only types of this file reach the
// browser: the schemas are the server's.
export interface Endpoint<
  I extends z.ZodMiniType = z.ZodMiniType,
  O extends z.ZodMiniType = z.ZodMiniType,
> extends Path {
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

/** What is looked for, and where; of the stream as well. */
export const searchAsked = z.object({
  account,
  q: z.string().check(z.maxLength(4000)),
  folder: z._default(searchScope, 'mail'),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
})

const passwordText = z.string().check(z.minLength(1), z.maxLength(1024))
/** Without what no mail program could type. */
const newPassword = passwordText.check(z.minLength(shortestPassword), z.regex(/^[^\u0000-\u001f\u007f]*$/))

const signedIn = z.object({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  agent: z.string(),
  client: z.string(),
  createdAt: z.string(),
  usedAt: z.string(),
})

export const api = {
  /** Open to everybody; sets the session cookie. Codes: 'wrong-password', 'server-unreachable', 'too-many-tries'. */
  signIn: describe({
    ...paths.signIn,
    input: z.object({
      address: z.string().check(z.trim(), z.minLength(1), z.maxLength(320)),
      password: passwordText,
    }),
    output: z.object({ address: z.string(), name: z.string() }),
  }),
  /** Sends that are waiting are still sent. `everywhere` also ends this person's other sessions. */
  signOut: describe({
    ...paths.signOut,
    input: z.object({ everywhere: z.optional(z.enum(['true'])) }),
    output: nothing,
  }),
  listSessions: describe({
    ...paths.listSessions,
    input: nothing,
    output: z.object({ sessions: z.array(signedIn) }),
  }),
  endSession: describe({
    ...paths.endSession,
    input: z.object({ session: z.string().check(z.maxLength(100)) }),
    output: nothing,
  }),
  /** All but the one that asks. */
  endOtherSessions: describe({ ...paths.endOtherSessions, input: nothing, output: nothing }),
  /**
   * Ends all other sessions. Codes: 'wrong-password' (the old one), 'too-many-tries', 'password-refused' with the mail
   * server's reason, 'password-unsure' when nobody knows, 'not-found' where it is not offered.
   */
  changePassword: describe({
    ...paths.changePassword,
    input: z.object({ old: passwordText, new: newPassword }),
    output: nothing,
  }),
  listMailboxes: describe({
    ...paths.listMailboxes,
    input: z.object({ account }),
    output: z.object({ mailboxes: z.array(mailbox) }),
  }),
  /** In another folder, or at the top; subscribed at once. */
  createFolder: describe({
    ...paths.createFolder,
    input: z.object({ account, ...folderPlace }),
    output: z.object({ folder: folderId }),
  }),
  /** Renames or moves it, with all that lies in it. */
  renameFolder: describe({
    ...paths.renameFolder,
    input: z.object({ ...inFolder, ...folderPlace }),
    output: z.object({ renamed: renamedFolders }),
  }),
  /** `trash`: moved there as a folder, and `renamed` says how to bring it back; `good`: with all that lies in it. */
  removeFolder: describe({
    ...paths.removeFolder,
    input: z.object({ ...inFolder, way: z.enum(['trash', 'good']) }),
    output: z.object({ renamed: renamedFolders }),
  }),
  folderProperties: describe({
    ...paths.folderProperties,
    input: z.object(inFolder),
    output: folderMeasure,
  }),
  /** Trash or Junk: the folders in it at once, the messages as a job. */
  emptyFolder: describe({
    ...paths.emptyFolder,
    input: z.object(inFolder),
    output: bulkJob,
  }),
  /** `ids` were unread, as many as can be made so again at once. */
  readAll: describe({
    ...paths.readAll,
    input: z.object(inFolder),
    output: z.object({ ids: z.array(messageId) }),
  }),
  /** All of it as one mbox file, fetched like other exports. */
  exportFolder: describe({
    ...paths.exportFolder,
    input: z.object(inFolder),
    output: z.object({ ticket: z.string() }),
  }),
  subscribeFolder: describe({
    ...paths.subscribeFolder,
    input: z.object({ ...inFolder, to: z.enum(['on', 'off']) }),
    output: nothing,
  }),
  quota: describe({
    ...paths.quota,
    input: z.object({ account }),
    output: z.object({ quota: z.nullable(quota) }),
  }),
  listMessages: describe({
    ...paths.listMessages,
    input: z.object({
      ...inFolder,
      ...listView.shape,
      offset: z.coerce.number().check(z.int(), z.minimum(0)),
      limit: z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)),
      /** SHA-256 of the window that is known already (`window-words.ts`). */
      known: z.optional(z.string().check(z.regex(/^[\w-]{43}$/))),
    }),
    output: z.union([messageWindow, unchangedWindow]),
  }),
  /** A mistake in `q` comes back as `problem`, with its place in the text. */
  searchMessages: describe({
    ...paths.searchMessages,
    input: z.extend(searchAsked, {
      offset: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 0),
    }),
    output: searchWindow,
  }),
  openMessage: describe({ ...paths.openMessage, input: z.object(ofMessage), output: messageDetail }),
  /** The messages of its conversation, oldest first, in whichever folder they lie; `some` when one did not answer. */
  openConversation: describe({
    ...paths.openConversation,
    input: z.object(ofMessage),
    output: z.object({ messages: z.array(conversationItem), depth: z.enum(['all', 'some']) }),
  }),
  quoteMessage: describe({ ...paths.quoteMessage, input: z.object(ofMessage), output: quotable }),
  /** What an attachment looks like, for those that `viewOf` says are read. */
  previewPart: describe({ ...paths.previewPart, input: z.object({ ...ofMessage, part }), output: preview }),
  /** RFC 8058, for a message whose detail says `one-click`. */
  unsubscribe: describe({
    ...paths.unsubscribe,
    input: z.object(ofMessage),
    output: z.object({ outcome: z.enum(['done', 'refused']) }),
  }),
  /** RFC 6047: the answer leaves as a message to the organiser, at once; the last one counts. */
  answerInvitation: describe({
    ...paths.answerInvitation,
    input: z.object({
      ...ofMessage,
      answer: invitationAnswer,
      /** Made up for one click, as in `sendMessage`. */
      id: upload.shape.id,
    }),
    output: nothing,
  }),
  newerInvitation: describe({
    ...paths.newerInvitation,
    input: z.object(ofMessage),
    output: z.object({ newer: newerInvitation }),
  }),
  /** Whether the inbox or the archive hold earlier mail of the sender's; asked after the message is shown. */
  isFirstMail: describe({
    ...paths.isFirstMail,
    input: z.object(ofMessage),
    output: z.object({ first: z.enum(['yes', 'no']) }),
  }),
  /** RFC 8098: a receipt leaves once, or never; either way nobody asks again. */
  answerReceipt: describe({
    ...paths.answerReceipt,
    input: z.object({
      ...ofMessage,
      answer: z.enum(['send', 'refuse']),
      by: z.enum(['person', 'policy']),
    }),
    output: nothing,
  }),
  setFlags: describe({
    ...paths.setFlags,
    input: z.object({ ...inFolder, ids, flag: flagName, on: z.boolean() }),
    output: nothing,
  }),
  /** Puts a label on, or takes it off; `changed` are those that were not so before, for undo. */
  labelMessages: describe({
    ...paths.labelMessages,
    input: z.object({ ...inFolder, ids, keyword, on: z.boolean() }),
    output: z.object({ changed: z.array(messageId) }),
  }),
  createLabel: describe({
    ...paths.createLabel,
    input: z.object({ account, name: labelName, colour: labelColour }),
    output: label,
  }),
  /** Another name or colour, or the first for a keyword of another program; what the messages carry stays. */
  changeLabel: describe({
    ...paths.changeLabel,
    input: z.object({ account, keyword, name: labelName, colour: labelColour }),
    output: label,
  }),
  /** Taken off every message, then forgotten. */
  removeLabel: describe({
    ...paths.removeLabel,
    input: z.object({ account, keyword }),
    /** `running`: it takes longer, and is told of as a job. */
    output: z.object({ state: z.enum(['done', 'running']) }),
  }),
  /** `to` may be a role whose folder is missing: it is created. `moved` pairs old and new ids, for undo. */
  moveMessages: describe({
    ...paths.moveMessages,
    input: z.object({ ...inFolder, ids, to: folderId }),
    output: z.object({ to: folderId, moved: z.array(z.object({ from: messageId, to: messageId })) }),
  }),
  /** `copied` pairs the ids of the originals with those of the copies. */
  copyMessages: describe({
    ...paths.copyMessages,
    input: z.object({ ...inFolder, ids, to: folderId }),
    output: z.object({ to: folderId, copied: z.array(z.object({ from: messageId, to: messageId })) }),
  }),
  /** The file is then fetched from `/exports/{ticket}`, by whom asked for it, within minutes. */
  exportMessages: describe({
    ...paths.exportMessages,
    input: z.object({ ...inFolder, ids, format: exportFormat }),
    output: z.object({ ticket: z.string() }),
  }),
  /** One action on everything the view holds now; `bulk` events tell how far it has come. */
  startBulk: describe({
    ...paths.startBulk,
    input: z.object({ ...inFolder, view: listView, action: bulkAction }),
    output: bulkJob,
  }),
  cancelBulk: describe({
    ...paths.cancelBulk,
    input: z.object({ account, job: z.string().check(z.maxLength(100)) }),
    output: nothing,
  }),
  /** For good: only what is in Trash or Junk, or a draft. */
  deleteMessages: describe({
    ...paths.deleteMessages,
    input: z.object({ ...inFolder, ids }),
    output: nothing,
  }),
  saveDraft: describe({
    ...paths.saveDraft,
    input: z.object({ account, draft }),
    output: z.object({ folder: folderId, message: messageId, elsewhere }),
  }),
  openDraft: describe({ ...paths.openDraft, input: z.object(ofMessage), output: draft }),
  sendMessage: describe({
    ...paths.sendMessage,
    input: z.object({
      account,
      /** Made up by the composer for one press of Send: repeated with the same id it is the same send. */
      id: z.optional(upload.shape.id),
      message: outgoing,
      /** Leaves then, and not before. */
      at: z.optional(
        z.string().check(
          z.maxLength(40),
          z.refine((text) => Date.parse(text) > 0),
        ),
      ),
      undoSeconds: z.number().check(z.minimum(0), z.maximum(60)),
    }),
    output: job,
  }),
  /** RFC 5322 section 3.6.6: the message goes to others as it is, through the outbox. */
  redirectMessage: describe({
    ...paths.redirectMessage,
    input: z.object({
      ...ofMessage,
      /** Made up for one click, as in `sendMessage`. */
      id: upload.shape.id,
      to: z.array(sendableAddress).check(z.minLength(1), z.maxLength(100)),
      undoSeconds: z.number().check(z.minimum(0), z.maximum(60)),
    }),
    output: job,
  }),
  listJobs: describe({
    ...paths.listJobs,
    input: z.object({ account }),
    output: z.object({ jobs: z.array(job) }),
  }),
  /** Undo: gives the draft back, so that the composer opens again with every word; of a redirection only `to`. */
  cancelJob: describe({
    ...paths.cancelJob,
    input: z.object({ account, job: z.string() }),
    output: z.object({ draft, kind: jobKind }),
  }),
  /** For one that may have been sent, and was: its copy goes to Sent, and nothing leaves. */
  fileJob: describe({
    ...paths.fileJob,
    input: z.object({ account, job: z.string() }),
    output: job,
  }),
  retryJob: describe({ ...paths.retryJob, input: z.object({ account, job: z.string() }), output: job }),
  /** A part of a message becomes a file of the one being written; its bytes stay on the server. */
  uploadFromMessage: describe({
    ...paths.uploadFromMessage,
    input: z.object({ ...ofMessage, part }),
    output: upload,
  }),
  dropUpload: describe({
    ...paths.dropUpload,
    input: z.object({ upload: upload.shape.id }),
    output: nothing,
  }),
  listContacts: describe({
    ...paths.listContacts,
    input: z.object({
      limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(20_000)), 1000),
    }),
    output: z.object({ contacts: z.array(contact) }),
  }),
  addContact: describe({ ...paths.addContact, input: newContact, output: contact }),
  readContact: describe({
    ...paths.readContact,
    input: z.object({ contact: contactId }),
    output: fullContact,
  }),
  /** Whoever was only collected is added by it. */
  changeContact: describe({
    ...paths.changeContact,
    input: z.object({ contact: contactId, to: newContact }),
    output: fullContact,
  }),
  /** Gives back what is gone, so that it can be added again. */
  removeContact: describe({
    ...paths.removeContact,
    input: z.object({ contact: contactId }),
    output: z.object({ contact: z.nullable(fullContact) }),
  }),
  /** Everybody in the group `from` is in the group `to` instead; in none when that is null. */
  renameGroup: describe({
    ...paths.renameGroup,
    input: z.object({ from: groupName, to: z.nullable(groupName) }),
    output: nothing,
  }),
  listIdentities: describe({
    ...paths.listIdentities,
    input: nothing,
    output: z.object({ identities }),
  }),
  writeIdentities: describe({
    ...paths.writeIdentities,
    input: z.object({ identities }),
    output: z.object({ identities }),
  }),
  listSnippets: describe({ ...paths.listSnippets, input: nothing, output: z.object({ snippets }) }),
  writeSnippets: describe({
    ...paths.writeSnippets,
    input: z.object({ snippets }),
    output: z.object({ snippets }),
  }),
  listSenders: describe({
    ...paths.listSenders,
    input: nothing,
    output: z.object({ senders: z.array(ruledSender) }),
  }),
  /** The decision about a sender, taken or taken back. */
  ruleSender: describe({
    ...paths.ruleSender,
    input: z.object({
      address: z.string().check(z.minLength(1), z.maxLength(400)),
      rule: senderRule,
      to: z.enum(['on', 'off']),
    }),
    output: nothing,
  }),
  readPreferences: describe({ ...paths.readPreferences, input: nothing, output: preferences }),
  writePreferences: describe({ ...paths.writePreferences, input: preferences, output: preferences }),
  changePreferences: describe({ ...paths.changePreferences, input: preferencesChange, output: preferences }),
} as const

export type Api = typeof api
export type Input<E extends Endpoint> = z.infer<E['input']>
export type Output<E extends Endpoint> = z.infer<E['output']>
