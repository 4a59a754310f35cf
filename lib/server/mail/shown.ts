import 'server-only'
import { askedTable } from '@/lib/model/asked'
import type { Attachment, MessageSummary } from '@/lib/model/message'
import { oneLine } from './decode'
import { isForPrograms } from './side-parts'
import type { Part } from './structure'

// Which parts of a message are its body, and which are attachments: RFC 2046 section 5.1 read the way senders
// meant it. Nothing is fetched for this.

export interface Body {
  /** In order; several where a sender put text, picture, text. All of one kind. */
  parts: Part[]
  shows: 'html' | 'text' | 'none'
  attachments: Part[]
}

export type Preference = 'html' | 'text'

/** What the body can be shown as. */
export const formsOf = (structure: Part | null): Preference[] => {
  const { html, text } = structure ? walk(structure) : nothing()
  return [...(html.length > 0 ? (['html'] as const) : []), ...(text.length > 0 ? (['text'] as const) : [])]
}

const isText = (part: Part): boolean => part.type === 'text/plain' || part.type === 'text/enriched'
const isHtml = (part: Part): boolean => part.type === 'text/html'
const isBody = (part: Part): boolean =>
  (isText(part) || isHtml(part)) && part.disposition !== 'attachment' && !(part.name && part.disposition)

interface Found {
  html: Part[]
  text: Part[]
  others: Part[]
}

const nothing = (): Found => ({ html: [], text: [], others: [] })
const together = (all: Found[]): Found => ({
  html: all.flatMap(({ html }) => html),
  text: all.flatMap(({ text }) => text),
  others: all.flatMap(({ others }) => others),
})

const walk = (part: Part): Found => {
  if (part.type === 'multipart/alternative') return alternatives(part.children.map(walk))
  if (part.type === 'multipart/related') return related(part)
  // What makes the signature or the key is no file for people; the note beside the text names it.
  if (part.type === 'multipart/signed') return sequence(part.children.slice(0, 1))
  if (part.type === 'multipart/encrypted')
    return sequence(part.children.filter(({ type }) => type !== 'application/pgp-encrypted'))
  if (part.type === 'multipart/report')
    return sequence(part.children.filter((child) => !isForPrograms(child)))
  if (part.type.startsWith('multipart/')) return sequence(part.children)
  if (isBody(part)) return { ...nothing(), [isHtml(part) ? 'html' : 'text']: [part] }
  return { ...nothing(), others: [part] }
}

/** RFC 2046 section 5.1.4: the same thing in several forms; the last of a kind is the sender's best. */
const alternatives = (forms: Found[]): Found => ({
  html: forms.findLast(({ html }) => html.length > 0)?.html ?? [],
  text: forms.findLast(({ text, html }) => text.length > 0 && html.length === 0)?.text ?? [],
  // The invitation as data is one more form of the same thing (RFC 6047 section 2.4), shown as a card.
  others: forms.flatMap(({ others }) => others.filter(({ type }) => type !== 'text/calendar')),
})

/** RFC 2387 section 3.2: the root is named by `start`, else it is the first. */
const related = (part: Part): Found => {
  const start = (part.params.start ?? '').replace(/^<|>$/g, '')
  const root = part.children.find(({ id }) => start !== '' && id === start) ?? part.children[0]
  const rest = part.children.filter((child) => child !== root)
  return together([root ? walk(root) : nothing(), { ...nothing(), others: rest }])
}

// Text beside HTML in a sequence is not an alternative of it: a list's footer, or text around a picture. The
// first decides what is shown, and the others follow as what they are.
const sequence = (children: Part[]): Found => {
  const found = children.map(walk)
  const first = found.find(({ html, text }) => html.length > 0 || text.length > 0)
  if (!first || first.html.length === 0) return together(found)
  const lead = together(found)
  return { ...lead, html: found.flatMap(({ html, text }) => (html.length > 0 ? html : text)) }
}

const mostShown = 50

export const bodyOf = (structure: Part | null, prefer: Preference = 'html'): Body => {
  const { html, text, others } = structure ? walk(structure) : nothing()
  const wanted = prefer === 'html' ? (html.length > 0 ? html : text) : text.length > 0 ? text : html
  const shows = wanted.length === 0 ? 'none' : wanted.some(isHtml) ? 'html' : 'text'
  return { parts: wanted.slice(0, mostShown), shows, attachments: [...others, ...wanted.slice(mostShown)] }
}

const extensions = askedTable<string>({
  'message/rfc822': 'eml',
  'text/calendar': 'ics',
  'text/plain': 'txt',
  'text/html': 'html',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'application/pdf': 'pdf',
  'application/pgp-signature': 'asc',
})

/** A name that can be saved anywhere: no path, no control or reversing character, no leading dot. */
export const safeFileName = (name: string, type: string): string => {
  const cleaned = oneLine(name, 1000)
    .replace(/[\\/:*?"<>|\u200e\u200f\u061c]+/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(-200)
  return cleaned || `attachment.${extensions[type] ?? 'bin'}`
}

/** A message that was attached without a name is called by its subject. */
const nameOf = ({ name, type, params, envelope }: Part): string => {
  if (name) return name
  if (envelope?.subject) return `${envelope.subject.slice(0, 100)}.eml`
  // Outlook's own wrapping (MS-OXTNEF), by the name that every mail program gives it; nothing here unpacks it.
  if (/^application\/(vnd\.)?ms-tnef$/.test(type)) return 'winmail.dat'
  // RFC 2017: what is kept elsewhere says where; nothing is fetched from there.
  return type === 'message/external-body' ? (params.url ?? '').replace(/\s+/g, '').slice(0, 200) : ''
}

export const attachmentOf = (part: Part): Attachment => ({
  part: part.part,
  name: safeFileName(nameOf(part), part.type),
  type: part.type,
  // Base64 is four characters for three bytes, in lines of 76 and a line end (RFC 2045 section 6.8).
  size: part.encoding === 'base64' ? Math.floor((part.size / 78) * 57) : part.size,
  inline: part.id !== '' && part.disposition !== 'attachment',
  really: null,
})

const mostAttachmentsShown = 20

/** The files of a message, as the list shows and search finds them. */
export const attachmentsOf = (structure: Part | null): MessageSummary['attachments'] =>
  bodyOf(structure)
    .attachments.map(attachmentOf)
    .filter(({ inline, type }) => !inline && type !== 'application/pgp-signature')
    .slice(0, mostAttachmentsShown)
    .map(({ name, type }) => ({ name, type }))
