import 'server-only'
import { decodeBytes, decodeHeader, oneLine } from './decode'
import { type Envelope, envelopeOf } from './reshape'
import { bytesOf, isList, numberOf, stringOf, type Token } from './wire'

// BODYSTRUCTURE as a tree of parts (RFC 9051 section 7.5.2). Bounded in depth and count: what lies beyond is
// left out, and the message still opens.

export interface Part {
  /** As in FETCH BODY[…] (RFC 9051 section 6.4.5.1); '' for a multipart at the top. */
  part: string
  type: string
  params: Record<string, string>
  id: string
  encoding: string
  size: number
  disposition: string
  name: string
  /** Of a message inside the message: who wrote it, and about what. */
  envelope: Envelope | null
  children: Part[]
  /** Of a multipart: there were more, which are not told of here. */
  cut?: true
}

const deepest = 40
const mostParts = 2000

interface Walk {
  left: number
}

const lower = (token: Token | undefined): string => oneLine(stringOf(token), 200).toLowerCase()

/** Parameters with their continuations and charsets joined (RFC 2231). */
export const paramsOf = (token: Token | undefined): Record<string, string> => {
  const pieces = new Map<string, { at: number; bytes: Buffer; encoded: boolean }[]>()
  const plain: Record<string, string> = Object.create(null)
  const list = isList(token) ? token : []
  for (let at = 0; at + 1 < Math.min(list.length, 200); at += 2) {
    const [, name = '', index = '', star = ''] = /^([^*]+)(?:\*(\d{1,3}))?(\*)?$/.exec(lower(list[at])) ?? []
    const bytes = bytesOf(list[at + 1])
    if (!name || !bytes) continue
    if (!index && !star) plain[name] = decodeHeader(bytes)
    else pieces.set(name, [...(pieces.get(name) ?? []), { at: Number(index), bytes, encoded: star === '*' }])
  }
  for (const [name, parts] of pieces) plain[name] = joined(parts.sort((a, b) => a.at - b.at))
  return plain
}

const joined = (parts: { bytes: Buffer; encoded: boolean }[]): string => {
  const first = parts[0]?.bytes.toString('latin1') ?? ''
  const [, charset = 'utf-8'] = /^([\w.:+-]*)'[\w-]*'/.exec(first) ?? []
  const all = parts.map(({ bytes, encoded }, at) => {
    const text = bytes.toString('latin1')
    return encoded ? unpercent(at === 0 ? text.replace(/^[\w.:+-]*'[\w-]*'/, '') : text) : bytes
  })
  return decodeBytes(Buffer.concat(all), charset || 'utf-8')
}

const unpercent = (text: string): Buffer =>
  Buffer.from(
    text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  )

const dispositionOf = (token: Token | undefined): { kind: string; params: Record<string, string> } =>
  isList(token) ? { kind: lower(token[0]), params: paramsOf(token[1]) } : { kind: '', params: {} }

const multipartOf = (list: Token[], path: number[], walk: Walk): Part => {
  const first = list.findIndex((token) => !isList(token))
  const subtype = first < 0 ? list.length : first
  const children = (list.slice(0, subtype) as Token[][]).flatMap(
    (body, at) => partOf(body, [...path, at + 1], walk) ?? [],
  )
  return {
    part: path.join('.'),
    type: `multipart/${lower(list[subtype]) || 'mixed'}`,
    params: paramsOf(list[subtype + 1]),
    id: '',
    encoding: '7bit',
    size: 0,
    disposition: dispositionOf(list[subtype + 2]).kind,
    name: '',
    envelope: null,
    children,
    ...(children.length < subtype ? { cut: true } : {}),
  }
}

const leafOf = (list: Token[], path: number[], walk: Walk): Part => {
  const type = `${lower(list[0]) || 'application'}/${lower(list[1]) || 'octet-stream'}`
  const params = paramsOf(list[2])
  const isMessage = type === 'message/rfc822' || type === 'message/global'
  // After the seven fields that all have: text has its lines, a message its envelope, structure and lines.
  const rest = isMessage ? 10 : type.startsWith('text/') ? 8 : 7
  const disposition = dispositionOf(list[rest + 1])
  const inner = isMessage && isList(list[8]) ? innerOf(list[8], path, walk) : null
  return {
    part: path.join('.') || '1',
    type,
    params,
    id: oneLine(stringOf(list[3]), 500).replace(/^<|>$/g, ''),
    encoding: lower(list[5]) || '7bit',
    size: numberOf(list[6]),
    disposition: disposition.kind,
    name: disposition.params.filename ?? params.name ?? '',
    envelope: isMessage && isList(list[7]) ? shortEnvelope(envelopeOf(list[7])) : null,
    children: inner ? [inner] : [],
  }
}

// As a list row, a message inside never needs ten thousand recipients.
const mostInside = 200
const shortEnvelope = (envelope: Envelope): Envelope => ({
  ...envelope,
  to: envelope.to.slice(0, mostInside),
  cc: envelope.cc.slice(0, mostInside),
})

// A message inside a message: its multipart counts on from the number of the part that holds it.
const innerOf = (list: Token[], path: number[], walk: Walk): Part | null =>
  isList(list[0]) ? partOf(list, path, walk) : partOf(list, [...path, 1], walk)

const partOf = (list: Token[], path: number[], walk: Walk): Part | null => {
  if (path.length > deepest || walk.left-- <= 0) return null
  if (isList(list[0])) return multipartOf(list, path, walk)
  return leafOf(list, path.length === 0 ? [1] : path, walk)
}

export const structureOf = (token: Token | undefined): Part | null =>
  isList(token) ? partOf(token, [], { left: mostParts }) : null

export const everyPart = (part: Part | null): Part[] =>
  part ? [part, ...part.children.flatMap((child) => everyPart(child))] : []
