import 'server-only'
import MimeNode from 'nodemailer/lib/mime-node'
import type { Address } from '@/lib/model/address'
import { headerAddress } from './header-words'

// A message passed on as it is (RFC 5322 section 3.6.6): a block of Resent fields above everything it came with,
// and not a byte of its text changed, so that its signature stays whole.

/**
 * What only an earlier delivery or our own drafts put there: RFC 5321 section 4.4 forbids a Return-Path in what is
 * sent, Delivered-To would look like a loop to the next server, a Bcc would tell who was to stay unknown.
 */
const ofEarlierWays =
  /^(return-path|delivered-to|x-original-to|envelope-to|bcc|resent-bcc|status|x-status|x-posthorn-draft(?:-key|-writer)?)[ \t]*:/i

/** A header that is longer goes on as it is. */
const longestHeader = 1024 * 1024

interface Resent {
  from: Address
  to: Address[]
  messageId: string
  date: Date
}

const block = ({ from, to, messageId, date }: Resent): Buffer => {
  const node = new MimeNode('text/plain', { newline: 'win' })
  node.setHeader('From', [headerAddress(from)])
  node.setHeader('To', to.map(headerAddress))
  const written = node.buildHeaders().match(/^(From|To):.*(?:\r\n[ \t].*)*/gim) ?? []
  const lines = [
    `Resent-Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    ...written.map((line) => `Resent-${line}`),
    `Resent-Message-ID: ${messageId}`,
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n`)
}

/** Fields with the lines they go on in. An mbox line before the first of them belongs to no message. */
const cleaned = (header: string): string =>
  header
    .split(/\r?\n(?![ \t])/)
    .filter((field, index) => !ofEarlierWays.test(field) && !(index === 0 && /^>?From /.test(field)))
    .join('\r\n')

const endOfHeader = (bytes: Buffer): number => {
  const found = /\r?\n\r?\n/.exec(bytes.toString('latin1'))
  return found ? found.index : -1
}

export async function* redirected(source: AsyncIterable<Uint8Array>, resent: Resent): AsyncGenerator<Buffer> {
  yield block(resent)
  let head: Buffer | null = Buffer.alloc(0)
  for await (const chunk of source) {
    if (!head) {
      yield Buffer.from(chunk)
      continue
    }
    head = Buffer.concat([head, chunk])
    const end = endOfHeader(head)
    if (end < 0 && head.length < longestHeader) continue
    if (end >= 0) yield Buffer.from(cleaned(head.toString('latin1', 0, end)), 'latin1')
    yield head.subarray(Math.max(end, 0))
    head = null
  }
  if (head) yield Buffer.from(cleaned(head.toString('latin1')), 'latin1')
}
