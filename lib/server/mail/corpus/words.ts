import { readFileSync } from 'node:fs'
import { type Case, crlf, letter, quotedPrintable } from './build'

// Charsets (made by another program's encoders), labels that lie, and encoded words in all their misuse.

type Row = [label: string, text: string, base64: string]
const rowsOf = (name: string): Row[] =>
  JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as Row[]

const wrapped = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/g, '$&\n')
const percented = (bytes: Buffer): string =>
  [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')

const inCharset = ([label, text, base64]: Row, at: number): Case => {
  const bytes = Buffer.from(base64, 'base64')
  const isEven = at % 2 === 0
  const word = isEven
    ? `=?${label}?B?${base64}?=`
    : `=?${label}?Q?${quotedPrintable(bytes).replace(/=\n/g, '')}?=`
  const files = [
    `Content-Type: text/plain; charset="${label}"`,
    `Content-Transfer-Encoding: ${isEven ? 'base64' : 'quoted-printable'}`,
    '',
    isEven ? wrapped(bytes) : quotedPrintable(bytes),
    '--c',
    'Content-Type: application/octet-stream',
    `Content-Disposition: attachment; filename*0*=${label}''${percented(bytes).slice(0, 30)};`,
    ` filename*1*=${percented(bytes).slice(30)}.bin`,
    '',
    'x',
    '--c--',
  ].join('\n')
  const headers = `Subject: ${word}\nContent-Type: multipart/mixed; boundary=c`
  // RFC 2231 is for charsets that hold ASCII as it is; in the others the `.bin` would be something else.
  const isWide = /^(utf-(16|32)|unicode$)/.test(label)
  const name = `${text}.bin`.replace(/[\\/:*?"<>|]+/g, '_')
  return {
    name: `${label} of ${text.slice(0, 12)}`,
    raw: letter({ headers, body: `--c\n${files}\n` }),
    subject: text,
    text,
    ...(isWide ? {} : { attachments: [{ name, type: 'application/octet-stream' }] }),
  }
}

const lying = ([label, text, base64]: Row): Case => ({
  name: `says ${label || 'nothing'}: ${text.slice(0, 12)}`,
  raw: letter({
    type: label ? `text/plain; charset=${label}` : 'text/plain',
    encoding: '8bit',
    body: Buffer.from(base64, 'base64'),
  }),
  text,
})

const misuses: [name: string, raw: string | Buffer, subject: string][] = [
  ['a character cut in two', '=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=', 'Grüße'],
  ['words that touch', '=?utf-8?Q?Gr=C3=BC?==?utf-8?Q?=C3=9Fe?=', 'Grüße'],
  ['folded between words', '=?utf-8?Q?a?=\n =?utf-8?Q?b?=\n\t=?utf-8?Q?c?=', 'abc'],
  [
    'words and plain text',
    'Re: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= from Köln'.replace('Köln', 'Koeln'),
    'Re: Grüße from Koeln',
  ],
  ['small letters', '=?utf-8?q?gr=c3=bc=c3=9fe?=', 'grüße'],
  ['a language', '=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
  ['blanks inside', '=?utf-8?Q?two words?=', 'two words'],
  ['an underscore', '=?utf-8?Q?two_words?=', 'two words'],
  ['no padding', '=?utf-8?B?R3LDvMOfZQ?=', 'Grüße'],
  ['an unknown charset', '=?x-none?Q?plain?=', 'plain'],
  ['inside a word', 'a=?utf-8?Q?=C3=A9?=b', 'aéb'],
  ['two charsets', '=?iso-8859-1?Q?=E9?= =?koi8-r?Q?=C4?=', 'éд'],
  ['nothing', '=?utf-8?Q??=', ''],
  ['no encoded word', '=?hello and =? more', '=?hello and =? more'],
  ['broken off', '=?utf-8?B?R3LD', '=?utf-8?B?R3LD'],
  ['a line break encoded', '=?utf-8?Q?a=0D=0ABcc:_x@y.example?=', 'a Bcc: x@y.example'],
  ['a reversing character', '=?utf-8?Q?=E2=80=AEexe.pdf?=', 'exe.pdf'],
  ['a NUL encoded', '=?utf-8?Q?a=00b?=', 'a b'],
  ['raw UTF-8 (RFC 6532)', 'Grüße 会議', 'Grüße 会議'],
  ['raw Latin-1', Buffer.from('Subject: Gr\xfc\xdfe aus K\xf6ln\n', 'latin1'), 'Grüße aus Köln'],
  ['raw and encoded', 'Grüße =?utf-8?Q?=C3=A9?=', 'Grüße é'],
  ['in quotes', '"=?utf-8?Q?Gr=C3=BC=C3=9Fe?="', '"Grüße"'],
  ['two of ISO-2022-JP', '=?iso-2022-jp?B?GyRCTWg9NRsoQg==?= =?iso-2022-jp?B?GyRCMnE1RBsoQg==?=', '来週会議'],
  ['an equals sign alone', '=?utf-8?Q?1=2?=', '1=2'],
  ['a question mark inside', '=?utf-8?Q?really=3F?=', 'really?'],
  ['longer than 75', `=?utf-8?B?${Buffer.from('é'.repeat(200)).toString('base64')}?=`, 'é'.repeat(200)],
  [
    'longer than anybody reads',
    'x'.repeat(900) + '\n ' + 'y'.repeat(900) + '\n ' + 'z'.repeat(900),
    `${'x'.repeat(900)} ${'y'.repeat(900)} ${'z'.repeat(198)}`,
  ],
  ['tabs and many blanks', 'a\n\t\tb    c', 'a b c'],
  ['none at all', '', ''],
]

const misused = ([name, raw, subject]: (typeof misuses)[number]): Case => ({
  name: `RFC 2047, ${name}`,
  raw: Buffer.concat([
    typeof raw === 'string' ? crlf(`Subject: ${raw}\n`) : crlf('').subarray(0, 0),
    typeof raw === 'string'
      ? Buffer.alloc(0)
      : Buffer.from(raw.toString('latin1').replace('\n', '\r\n'), 'latin1'),
    letter({}),
  ]),
  subject,
})

export const words: Case[] = [
  ...rowsOf('charsets').map(inCharset),
  ...rowsOf('lies').map(lying),
  ...misuses.map(misused),
]
