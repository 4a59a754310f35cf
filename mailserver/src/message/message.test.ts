import { describe, expect, test } from 'vitest'
import {
  bodyText,
  decodeWords,
  envelopeText,
  headerText,
  previewText,
  readMessage,
  sectionBytes,
  structureText,
  type Section,
} from './index'
import { htmlText } from './html-text'

const bytesOf = (lines: string[], encoding: BufferEncoding = 'utf8') =>
  Buffer.from(lines.join('\r\n'), encoding)

const nested = bytesOf([
  'From: "Alice A." <alice@posthorn.test>',
  'To: group: bob@posthorn.test, carol@posthorn.test;',
  'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
  'Message-ID: <1@posthorn.test>',
  'Content-Type: multipart/mixed; boundary="a b"',
  '',
  'preamble',
  '--a b',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'H=C3=A9llo',
  'world',
  '--a b  ',
  'Content-Type: message/rfc822',
  '',
  'Subject: inner',
  'Content-Type: multipart/alternative; boundary=in',
  '',
  '--in',
  '',
  'one',
  '--in',
  'Content-Type: text/html',
  '',
  '<p>two</p>',
  '--in--',
  '--a b--',
  'epilogue',
])

const section = (path: number[], text: Section['text']) =>
  sectionBytes(nested, readMessage(nested), { path, text })?.toString() ?? null

describe('sections (RFC 9051 section 6.4.5.1)', () => {
  test('part numbers go into multiparts and enclosed messages', () => {
    expect(section([1], { what: 'all' })).toBe('H=C3=A9llo\r\nworld')
    expect(section([2, 1], { what: 'all' })).toBe('one')
    expect(section([2, 2], { what: 'all' })).toBe('<p>two</p>')
    expect(section([2, 2], { what: 'mime' })).toBe('Content-Type: text/html\r\n\r\n')
    expect(section([3], { what: 'all' })).toBeNull()
    expect(section([1, 1], { what: 'all' })).toBeNull()
  })
  test('HEADER and TEXT belong to messages only', () => {
    expect(section([2], { what: 'header' })).toBe(
      'Subject: inner\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n',
    )
    expect(section([2], { what: 'text' })).toMatch(/^--in\r\n[^]*--in--$/)
    expect(section([1], { what: 'header' })).toBeNull()
    expect(section([], { what: 'header.fields', names: ['SUBJECT', 'x-none'] })).toBe(
      'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\n',
    )
    expect(section([], { what: 'header.fields.not', names: ['from', 'to', 'content-type', 'subject'] })).toBe(
      'Message-ID: <1@posthorn.test>\r\n\r\n',
    )
  })
  test('part 1 of a message that is not multipart is its body', () => {
    const bytes = bytesOf(['Subject: x', '', 'body'])
    const root = readMessage(bytes)
    expect(String(sectionBytes(bytes, root, { path: [1], text: { what: 'all' } }))).toBe('body')
    expect(sectionBytes(bytes, root, { path: [2], text: { what: 'all' } })).toBeNull()
  })
})

describe('ENVELOPE (RFC 9051 section 7.5.2)', () => {
  test('addresses, groups and defaults', () => {
    expect(envelopeText(nested, readMessage(nested))).toBe(
      '(NIL "=?utf-8?q?Gr=C3=BC=C3=9Fe?=" (("Alice A." NIL "alice" "posthorn.test")) ' +
        '(("Alice A." NIL "alice" "posthorn.test")) (("Alice A." NIL "alice" "posthorn.test")) ' +
        '((NIL NIL "group" NIL)(NIL NIL "bob" "posthorn.test")(NIL NIL "carol" "posthorn.test")(NIL NIL NIL NIL)) ' +
        'NIL NIL NIL "<1@posthorn.test>")',
    )
  })
  test('raw eight-bit text is a literal counted in UTF-8 bytes', () => {
    const bytes = bytesOf(['Subject: né', '', ''])
    expect(envelopeText(bytes, readMessage(bytes))).toContain('{3}\r\nné ')
  })
})

describe('BODYSTRUCTURE (RFC 9051 section 7.5.2)', () => {
  test('a multipart with an enclosed message', () => {
    expect(structureText(nested, readMessage(nested), 'bodystructure')).toBe(
      '(("text" "plain" ("charset" "utf-8") NIL NIL "quoted-printable" 17 1 NIL NIL NIL NIL)' +
        '("message" "rfc822" NIL NIL NIL "7bit" 132 (NIL "inner" NIL NIL NIL NIL NIL NIL NIL NIL) ' +
        '(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 3 0 NIL NIL NIL NIL)("text" "html" NIL NIL NIL "7bit" 10 0 NIL NIL NIL NIL) ' +
        '"alternative" ("boundary" "in") NIL NIL NIL) 10 NIL NIL NIL NIL) "mixed" ("boundary" "a b") NIL NIL NIL)',
    )
  })
  test('a multipart without parts still obeys the grammar', () => {
    const bytes = bytesOf(['Content-Type: multipart/mixed', '', 'x'])
    expect(structureText(bytes, readMessage(bytes), 'body')).toBe(
      '(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0) "mixed")',
    )
  })
})

describe('text', () => {
  test('headers and bodies are decoded', () => {
    const root = readMessage(nested)
    expect(headerText(nested, root)).toContain('subject: Grüße\n')
    expect(bodyText(nested, root)).toContain('Héllo\r\nworld')
    expect(bodyText(nested, root)).toContain('subject: inner')
    expect(previewText(nested, root)).toBe('Héllo world')
  })
  test('encoded words (RFC 2047 section 6.2)', () => {
    expect(decodeWords('=?utf-8?q?a?= =?utf-8?q?b?= c')).toBe('ab c')
    expect(decodeWords('=?utf-8?b?4oI=?= =?utf-8?b?rA==?=')).toBe('€')
    expect(decodeWords('=?windows-1252?q?=80?=')).toBe('€')
    expect(decodeWords('=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=')).toBe('日本')
  })
})

describe('hostile messages', () => {
  const within = (ms: number, job: () => unknown) => {
    const from = process.cpuUsage()
    job()
    expect(process.cpuUsage(from).user / 1000).toBeLessThan(ms)
  }
  test('deep nesting ends at the bound', () => {
    const deep = Buffer.from('Content-Type: message/rfc822\r\n\r\n'.repeat(20_000))
    within(2_000, () => structureText(deep, readMessage(deep), 'bodystructure'))
  })
  test('endless groups, comments, quotes and tags cost linear time', () => {
    for (const text of ['g:'.repeat(50_000), '('.repeat(100_000), '"'.repeat(99_999), '<'.repeat(100_000)]) {
      const bytes = Buffer.from(`From: ${text}\r\nContent-Type: text/html; a=${text}\r\n\r\n${text}`)
      within(2_000, () => {
        const root = readMessage(bytes)
        envelopeText(bytes, root)
        structureText(bytes, root, 'bodystructure')
        previewText(bytes, root)
      })
    }
  })
  test('thousands of parts end at the bound', () => {
    const bytes = Buffer.from(
      'Content-Type: multipart/mixed; boundary=x\r\n\r\n' + '--x\r\n\r\n'.repeat(50_000),
    )
    within(2_000, () => expect(readMessage(bytes).children.length).toBeLessThanOrEqual(1_000))
  })
})

describe('HTML as text', () => {
  test.each([
    ['<p>Cheap <b>pump</b>kins &amp; caf&eacute;</p>', 'Cheap pumpkins & café'],
    ['<style>.a { color: red }</style>one<script>alert("</p>")</script>two', 'one\ntwo'],
    ['one<br>two<div>three</div>', 'one\ntwo\nthree'],
    ['a &lt;tag&gt; &#x41;&#66; &nosuch; &copy', 'a <tag> AB &nosuch; ©'],
    ['1 < 2 <!-- not this --> 3', '1 < 2 3'],
    ['<a href="x>y" title=\'>\'>link</a>', 'link'],
    ['&#xD800;&#1114112;.', '  .'.trim()],
    ['left open <b', 'left open'],
    ['<style>never closed', ''],
  ])('%s', (html, text) => {
    expect(htmlText(html)).toBe(text)
  })

  test('what is left open costs one pass', () => {
    const started = performance.now()
    for (const piece of ['<b ', '<!--', '<style>', '<a title="', '&', ' <i> ', '</'])
      htmlText(piece.repeat(300_000))
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
