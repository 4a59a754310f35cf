// Patterns that text of strangers runs through, with text made to keep them busy (ReDoS): what is linear takes
// milliseconds for these, what is not takes minutes.
import { expect, it } from 'vitest'
import { textToHtml, unflowed } from './html/text'
import { sanitise } from './html/sanitise'
import { renderBody } from './html/body'
import { decodeBytes, decodeHeader, oneLine } from './mail/decode'
import { safeFileName } from './mail/shown'
import { decodeTransfer } from './mail/transfer'
import { trackersAmong } from './html/trackers'

const asked = { parts: new Map<string, string>(), proxied: null }
const source = { flowed: 'no' as const, whole: true }

const readers: Record<string, (text: string) => unknown> = {
  'a subject': (text) => decodeHeader(Buffer.from(text)),
  'one line': (text) => oneLine(text),
  'a file name': (text) => safeFileName(text, 'text/plain'),
  'plain text': (text) => textToHtml(text, 'no'),
  'flowed text': (text) => unflowed(text, 'flowed-delsp'),
  'HTML': (text) => sanitise(text, asked),
  'a style sheet': (text) => sanitise(`<style>${text}</style>`, asked),
  'a style': (text) => sanitise(`<p style="${text}">x</p>`, { ...asked, theme: 'dark' }),
  'an address': (text) => sanitise(`<img src="${text}"><a href="${text}">x</a>`, asked),
  'enriched text': (text) => renderBody([{ ...source, type: 'enriched', text }], asked),
  'quoted-printable': (text) => decodeTransfer(Buffer.from(text), 'quoted-printable'),
  'base64': (text) => decodeTransfer(Buffer.from(text), 'base64'),
  'HZ': (text) => decodeBytes(Buffer.from(text), 'hz-gb-2312'),
  'ISO-2022-KR': (text) => decodeBytes(Buffer.from(text), 'iso-2022-kr'),
  'UTF-7': (text) => decodeBytes(Buffer.from(text), 'utf-7'),
  'trackers': (text) => trackersAmong([text.slice(0, 8000), `https://a.example/q/${text.slice(0, 8000)}`]),
} // prettier-ignore

const seeds = [
  ...[
    '=?utf-8?q?',
    '=?utf-8?q?a?= ',
    '?= ',
    '<param>',
    '<<',
    '<!--',
    '&',
    '"',
    "'",
    '(',
    '[',
    '{',
    '/*',
    '\\',
  ],
  ...['url(', 'prefers-color-scheme ', '( prefers-color-scheme:', 'width :', 'a>', '.', ':not(', '@media '],
  ...[
    '= ',
    '=\t',
    '==',
    '> ',
    '-- \n',
    ' \n',
    'http://',
    'www.',
    'a@',
    'mailto:',
    'a.',
    '~{',
    '\u000e',
    '+A',
    '%41',
  ],
]
const length = 60_000

it.each(Object.keys(readers))('%s', (name) => {
  for (const seed of seeds) {
    const text = seed.repeat(Math.ceil(length / seed.length))
    const before = process.cpuUsage()
    readers[name]?.(text)
    readers[name]?.(`${text}!`)
    const { user } = process.cpuUsage(before)
    expect(user / 1e6, `${name}: ${JSON.stringify(seed)}`).toBeLessThan(3)
  }
})
