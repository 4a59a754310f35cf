// ENVELOPE, BODY and BODYSTRUCTURE as IMAP text (RFC 3501 section 7.4.2, RFC 9051 section 7.5.2).
//
// Invariants:
//  - The text is written to the wire as UTF-8: the byte counts of its literals are counted so.
//  - ASCII goes in quoted strings; anything else in literals, which every IMAP4rev1 client must read, while
//    eight-bit quoted strings are allowed only after ENABLE.
import { parseAddresses, type Address } from './address'
import { firstValue, valueOf, type Field } from './header'
import type { Part } from './part'
import { parseParameterised, type Parameterised } from './parameters'

const plain = /^[\x20-\x7e]*$/

export const imapString = (text: string): string => {
  if (plain.test(text)) return `"${text.replace(/["\\]/g, '\\$&')}"`
  const safe = text.replace(/\0/g, '')
  return `{${Buffer.byteLength(safe)}}\r\n${safe}`
}

export const imapNString = (text: string | null): string => (text === null ? 'NIL' : imapString(text))

const addressText = (address: Address): string => {
  if (address.kind === 'group-start') return `(NIL NIL ${imapString(address.name)} NIL)`
  if (address.kind === 'group-end') return '(NIL NIL NIL NIL)'
  const { name, route, local, host } = address
  // A NIL host would read as a group marker: an address without one gets an empty string.
  return `(${imapNString(name)} ${imapNString(route)} ${imapString(local)} ${imapString(host ?? '')})`
}

const addressList = (bytes: Buffer, fields: readonly Field[], name: string): string => {
  const text = fields
    .filter((field) => field.name === name)
    .map((field) => valueOf(bytes, field))
    .join(', ')
  const list = text === '' ? [] : parseAddresses(text)
  return list.length ? `(${list.map(addressText).join('')})` : 'NIL'
}

export const envelopeText = (bytes: Buffer, message: Part): string => {
  const { fields } = message
  const value = (name: string) => imapNString(firstValue(bytes, fields, name))
  const list = (name: string) => addressList(bytes, fields, name)
  const from = list('from')
  // "the server MUST default Sender and Reply-To to From" where absent or empty.
  const orFrom = (text: string) => (text === 'NIL' ? from : text)
  const people = [from, orFrom(list('sender')), orFrom(list('reply-to')), list('to'), list('cc'), list('bcc')]
  return `(${value('date')} ${value('subject')} ${people.join(' ')} ${value('in-reply-to')} ${value('message-id')})`
}

const parameterList = (parameters: Parameterised['parameters']): string =>
  parameters.length
    ? `(${parameters.map(([name, value]) => `${imapString(name)} ${imapString(value)}`).join(' ')})`
    : 'NIL'

const dispositionText = (bytes: Buffer, part: Part): string => {
  const raw = firstValue(bytes, part.fields, 'content-disposition')
  const parsed = raw === null ? null : parseParameterised(raw)
  return parsed?.value ? `(${imapString(parsed.value)} ${parameterList(parsed.parameters)})` : 'NIL'
}

const languageText = (bytes: Buffer, part: Part): string => {
  const raw = firstValue(bytes, part.fields, 'content-language')
  const tags = (raw ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean)
  if (tags.length === 0) return 'NIL'
  return tags.length === 1 ? imapString(tags[0]!) : `(${tags.map(imapString).join(' ')})`
}

const extensionTail = (bytes: Buffer, part: Part): string =>
  [
    dispositionText(bytes, part),
    languageText(bytes, part),
    imapNString(firstValue(bytes, part.fields, 'content-location')),
  ].join(' ')

export type Form = 'body' | 'bodystructure'

/** The grammar has no multipart without parts: such a one shows one empty text part, as other servers do. */
const emptyText = (form: Form) =>
  `("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0${form === 'body' ? '' : ' NIL NIL NIL NIL'})`

const multipartText = (bytes: Buffer, part: Part, form: Form): string => {
  const inner = part.children.map((child) => structureText(bytes, child, form)).join('') || emptyText(form)
  const head = `${inner} ${imapString(part.subtype)}`
  if (form === 'body') return `(${head})`
  return `(${head} ${parameterList(part.contentType.parameters)} ${extensionTail(bytes, part)})`
}

const encodingOf = (bytes: Buffer, part: Part): string => {
  const raw = firstValue(bytes, part.fields, 'content-transfer-encoding')
  return parseParameterised(raw ?? '').value.split(/\s/)[0] || '7bit'
}

/** RFC 2045 section 5.2: without a Content-Type, text is in US-ASCII. */
const parametersOf = (part: Part): Parameterised['parameters'] =>
  part.type === 'text' && !part.fields.some(({ name }) => name === 'content-type')
    ? [['charset', 'us-ascii']]
    : part.contentType.parameters

const singleText = (bytes: Buffer, part: Part, form: Form): string => {
  const value = (name: string) => imapNString(firstValue(bytes, part.fields, name))
  const pieces = [
    imapString(part.type),
    imapString(part.subtype),
    parameterList(parametersOf(part)),
    value('content-id'),
    value('content-description'),
    imapString(encodingOf(bytes, part)),
    String(part.bodyEnd - part.bodyStart),
  ]
  const inner = part.kind === 'message' ? part.children[0] : undefined
  if (inner) {
    pieces.push(envelopeText(bytes, inner), structureText(bytes, inner, form), String(part.lines))
  } else if (part.type.toLowerCase() === 'text') pieces.push(String(part.lines))
  if (form === 'bodystructure') pieces.push(value('content-md5'), extensionTail(bytes, part))
  return `(${pieces.join(' ')})`
}

export const structureText = (bytes: Buffer, part: Part, form: Form): string =>
  part.kind === 'multipart' ? multipartText(bytes, part, form) : singleText(bytes, part, form)
