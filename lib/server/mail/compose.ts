import 'server-only'
import type { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { Address } from '@/lib/model/address'
import type { Draft } from '@/lib/model/draft'
import { flowed } from './flowed'
import { headerAddress, headerIds, headerWords, wireAddress } from './header-words'
import { type Picture, picturesApart, textNames } from './pictures'

// A message as bytes (RFC 5322, RFC 2045). Whatever was written, each header stays the one line it is (header-words).
// Bcc is not among what is written, but in a draft: whoever else needs it keeps
// it beside the bytes.

export interface Attached {
  name: string
  type: string
  path: string
  /** It stands in the text under this Content-ID. */
  cid?: string
}

export interface Calendar {
  method: 'REPLY'
  text: string
}

export interface Composing {
  message: Pick<Draft, 'to' | 'cc' | 'subject' | 'html' | 'text' | 'inReplyTo' | 'references'> &
    Partial<Pick<Draft, 'replyTo' | 'organisation' | 'wishes'>>
  from: Address
  uploads: Attached[]
  /** Fixed before anything is written: every copy of the message carries the same. */
  messageId: string
  date: Date
  /** An answer to an invitation, as one more form of the text (RFC 6047 section 2.4). */
  calendar?: Calendar | undefined
  /** For a draft, which nobody else sees: who is in Bcc, and what only we understand. */
  kept?: { bcc: Address[]; headers: Record<string, string> }
}

export const composeMessage = ({ message, from, uploads, messageId, date, ...more }: Composing): Readable => {
  const { kept, calendar } = more
  const [inReplyTo] = headerIds([message.inReplyTo])
  const references = headerIds(message.references)
  const { html, pictures } = picturesApart(
    message.html,
    uploads.flatMap(({ cid }) => (cid ? [cid] : [])),
  )
  const composer = new MailComposer({
    from: headerAddress(from),
    to: message.to.map(headerAddress),
    cc: message.cc.map(headerAddress),
    ...(message.replyTo?.length ? { replyTo: message.replyTo.map(headerAddress) } : {}),
    ...(kept ? { bcc: kept.bcc.map(headerAddress) } : {}),
    headers: {
      ...kept?.headers,
      ...(message.organisation ? { Organization: headerWords(message.organisation) } : {}),
      ...wishHeaders(message.wishes, from),
    },
    subject: headerWords(message.subject),
    text: flowed(message.text),
    ...(html ? { html } : {}),
    ...(calendar ? { alternatives: [calendarForm(calendar)] } : {}),
    ...(inReplyTo ? { inReplyTo } : {}),
    ...(references.length > 0 ? { references } : {}),
    messageId,
    date,
    // Every line ends in CRLF and is short enough (RFC 5321 section 4.5.3.1.6): nothing on the way folds it.
    newline: 'win',
    attachments: [...pictures.map(pictureForm), ...uploads.map((one) => fileForm(one, html))],
    disableUrlAccess: true,
  })
  const node = composer.compile()
  node.keepBcc = kept !== undefined
  sayFlowed(node)
  return node.createReadStream()
}

/** RFC 2183 section 2.1, RFC 2387: what the text names lies beside it, the rest is for keeping. */
const fileForm = ({ name, type, path, cid }: Attached, html: string) => ({
  filename: headerWords(name),
  contentType: type,
  path,
  ...(cid && textNames(html, cid)
    ? { cid, contentDisposition: 'inline' as const }
    : { contentDisposition: 'attachment' as const }),
})

const pictureForm = ({ cid, type, content }: Picture) => ({
  filename: `${cid.split('@')[0]}.${type.slice('image/'.length)}`,
  contentType: type,
  content,
  cid,
  contentDisposition: 'inline' as const,
})

/** RFC 2156 section 5.3.6 and what programs made of it; RFC 8098 section 2.1. */
const wishHeaders = (wishes: Draft['wishes'], from: Address): Record<string, string> => {
  const { priority = 'normal', receipt = 'no' } = wishes ?? {}
  return {
    ...(priority === 'high' ? { 'X-Priority': '1', Importance: 'high' } : {}),
    ...(priority === 'low' ? { 'X-Priority': '5', Importance: 'low' } : {}),
    ...(receipt === 'ask' ? { 'Disposition-Notification-To': wireAddress(from.address) } : {}),
  }
}

const calendarForm = ({ method, text }: Calendar) => ({
  contentType: `text/calendar; charset=utf-8; method=${method}`,
  content: text,
})

type Node = ReturnType<MailComposer['compile']>

/** RFC 3676 section 4.1. The library names the type of the text part itself; it is the first leaf, if there is one. */
const sayFlowed = (node: Node): void => {
  const [first] = node.childNodes
  if (first) return sayFlowed(first)
  if (node.getHeader('Content-Disposition') || !/^text\/plain\b/.test(String(node.getHeader('Content-Type'))))
    return
  node.setHeader('Content-Type', 'text/plain; charset=utf-8; format=flowed')
}

/** Its domain is the sender's (RFC 5322 section 3.6.4); this machine's name stays out of it. */
export const newMessageId = (from: string, unique: string): string =>
  `<${unique}@${wireAddress(from).slice(wireAddress(from).lastIndexOf('@') + 1)}>`
