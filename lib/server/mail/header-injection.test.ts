// Header injection (CWE-93): whatever is written into a subject, a name, an address, a file's name or an id, what
// leaves has the header fields it would have with harmless words, and no line of its own more. On the bytes that are
// frozen for sending, kept as a draft or sent as a receipt.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { outgoing } from '@/lib/model/draft'
import { composeMessage, type Composing } from './compose'
import { composeReceipt } from './receipt'
import { redirected } from './redirect'

const evil = 'evil@example.org'
const hostile = [
  `x\r\nBcc: ${evil}`,
  `x\nBcc: ${evil}`,
  `x\rBcc: ${evil}`,
  `x\r\n\r\n<script>the body</script>`,
  `x\r\n Bcc: ${evil}\r\nBcc: ${evil}`,
  `\r\nBcc: ${evil}`,
  `žluť\r\nBcc: ${evil}`,
  `x\0\r\nBcc: ${evil}\0`,
  `x\u0085Bcc: ${evil}\u2028Bcc: ${evil}`,
  `=?utf-8?q?x=0D=0ABcc:_evil=40example.org?=`,
  `=?utf-8?b?${Buffer.from(`x\r\nBcc: ${evil}`).toString('base64')}?=`,
  `"\r\nBcc: ${evil}\r\nX: "`,
  `\\\r\nBcc: ${evil}`,
  `x" <${evil}>, "y`,
  `x, ${evil}`,
  `<${evil}>`,
  `(${evil}) ;:`,
  `${'a'.repeat(2000)}\r\nBcc: ${evil}`,
  `${'ž'.repeat(2000)}\nBcc: ${evil}`,
]

const home = mkdtempSync(join(tmpdir(), 'posthorn-injection-'))
const file = join(home, 'file')
writeFileSync(file, 'content')
afterAll(() => rmSync(home, { recursive: true, force: true }))

interface Words {
  subject: string
  name: string
  file: string
  id: string
}
const harmless: Words = { subject: 'words', name: 'words', file: 'words', id: '<words@example.org>' }

const bob = 'bob@example.org'
const sent = ({ subject, name, file: fileName, id }: Words, more: Partial<Composing> = {}) =>
  buffer(
    composeMessage({
      message: {
        to: [{ name, address: bob }],
        cc: [{ name, address: 'carol@example.org' }],
        subject,
        html: '<p>x</p>',
        text: 'x',
        inReplyTo: id,
        references: [id, '<two@example.org>'],
      },
      from: { name, address: 'alice@posthorn.test' },
      uploads: [{ name: fileName, type: 'text/plain', path: file }],
      messageId: '<one@posthorn.test>',
      date: new Date(0),
      ...more,
    }),
  )
const draft = (words: Words) =>
  sent(words, {
    kept: { bcc: [{ name: words.name, address: 'dan@example.org' }], headers: { 'X-Note': 'x' } },
  })
const receipt = ({ subject, name, id }: Words) =>
  buffer(
    composeReceipt(
      {
        from: { name, address: 'alice@posthorn.test' },
        to: [bob],
        subject,
        text: 'x',
        original: id,
        originalRecipient: '',
        by: 'person',
      },
      { messageId: '<one@posthorn.test>', date: new Date(0) },
    ),
  )

/** Every header there is, of the message and of each of its parts: the names of its fields. */
const fieldsOf = (raw: Buffer): string[][] => {
  const text = raw.toString('latin1')
  const blocks = text.split(/^--[^\r\n]*\r\n/m).map((piece) => piece.split('\r\n\r\n', 1)[0] ?? '')
  return blocks.map((head) =>
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .filter((line) => line !== '')
      .map((line) => /^([\w-]+):/.exec(line)?.[1]?.toLowerCase() ?? `no field: ${line}`),
  )
}

const addressesIn = (raw: Buffer, field: string): string[] => {
  const text = raw.toString('latin1').replace(/\r\n[ \t]+/g, ' ')
  const line = new RegExp(`^${field}: (.*)$`, 'im').exec(text)?.[1] ?? ''
  return line.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/[\w.-]+@[\w.-]+/g) ?? []
}

describe.each([
  ['a message to send', sent],
  ['a draft', draft],
  ['a receipt', receipt],
] as const)('header injection into %s', (_, written) => {
  it.each(hostile)('%j', async (words) => {
    const expected = fieldsOf(await written(harmless))
    for (const place of ['subject', 'name', 'file', 'id'] as const) {
      const raw = await written({ ...harmless, [place]: words })
      const text = raw.toString('latin1')
      // A field that holds no id may be left out, and none may be added.
      const fields = fieldsOf(raw).map((names) =>
        names.filter((name) => !/^(in-reply-to|references)$/.test(name)),
      )
      const wanted = expected.map((names) => names.filter((name) => !/^(in-reply-to|references)$/.test(name)))
      expect(fields, place).toEqual(wanted)
      expect(text.replaceAll('\r\n', ''), place).not.toMatch(/[\0\r\n]/)
      expect(addressesIn(raw, 'To'), place).toEqual([bob])
      if (written !== receipt) expect(addressesIn(raw, 'Cc'), place).toEqual(['carol@example.org'])
      expect(addressesIn(raw, 'From'), place).toEqual(['alice@posthorn.test'])
      for (const line of text.split('\r\n')) expect(line.length, place).toBeLessThanOrEqual(998)
    }
  })
})

describe('header injection into what is passed on', () => {
  it.each(hostile)('%j', async (name) => {
    const source = async function* () {
      yield Buffer.from('Subject: x\r\n\r\nwords\r\n')
    }
    const resent = {
      from: { name, address: 'alice@posthorn.test' },
      to: [{ name, address: bob }],
      messageId: '<one@posthorn.test>',
      date: new Date(0),
    }
    const pieces: Buffer[] = []
    for await (const piece of redirected(source(), resent)) pieces.push(piece)
    const raw = Buffer.concat(pieces)
    const names = ['resent-date', 'resent-from', 'resent-to', 'resent-message-id', 'subject']
    expect(fieldsOf(raw)).toEqual([names])
    expect(addressesIn(raw, 'Resent-To')).toEqual([bob])
    expect(raw.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\0\r\n]/)
  })
})

it('an address that could leave its header is refused before anything is written', () => {
  const message = {
    subject: '',
    html: '',
    text: '',
    uploads: [],
    inReplyTo: '',
    references: [],
    original: null,
    draft: null,
    from: null,
    cc: [],
    bcc: [],
  }
  const may = (to: { name: string; address: string }) => outgoing.safeParse({ ...message, to: [to] }).success
  expect(may({ name: 'Bob', address: bob })).toBe(true)
  for (const words of hostile) {
    expect(may({ name: 'Bob', address: `bob${words}@example.org` }), words).toBe(false)
    expect(may({ name: 'Bob', address: `bob@example.org${words}` }), words).toBe(false)
  }
  for (const name of ['x\r\ny', 'x\ny', 'x\0y']) expect(may({ name, address: bob })).toBe(false)
})
