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
import { misleading } from '@/components/message-view/link-check'
import { parseAddresses } from '@/components/composer/addresses/parse'
import { startFromMailto } from '@/components/composer/mailto'
import { isCompleteAddress } from '@/lib/model/address'
import { marksIn } from '@/lib/client/marks'
import { parseSearch } from '@/lib/model/search'
import { readContacts } from './mail/contact-card'
import { readInvitation } from './mail/invitation'
import { headersOf, messageIdsOf } from './mail/headers'
import { headerIds, headerWords } from './mail/header-words'
import { undisguised } from './mail/look-alike'
import { protectionOf } from './mail/protection'
import { deliveryReportOf, originalOf, readReceiptOf, receiptWishOf } from './mail/receipt'
import { bounceOf } from './mail/report'
import { dateOf } from './mail/reshape'
import { reallyOf } from './mail/sniff'
import { trustOf } from './mail/trust'
import { listOf, unsubscribeOf } from './mail/unsubscribe'
import { takeOut } from './mail/uuencode'

const asked = { parts: new Map<string, string>(), proxied: null }
const source = { flowed: 'no' as const, whole: true }

const calendarPart = { part: '2', params: {} }
const from = (address: string) => [{ name: address, address }]
/** As a field that mail decides, whole. */
const field = (name: string, text: string) => headersOf(Buffer.from(`${name}: ${text.slice(0, 20_000)}`))

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
  'headers': (text) => headersOf(Buffer.from(text)),
  'Message-IDs': (text) => [messageIdsOf(text), headerIds([text]), headerWords(text)],
  'Authentication-Results': (text) => trustOf({ from: from('a@b.example'), replyTo: from('c@d.example'), results: [`mx.example; ${text.slice(0, 20_000)}`], list: 'no' }, { servers: ['mx.example'], known: ['b.example'] }),
  'the sender': (text) => trustOf({ from: from(`${text.slice(0, 2000)}@${text.slice(0, 2000)}.example`), replyTo: [], results: [], list: 'no' }, { servers: [], known: ['b.example'] }),
  'a domain': (text) => [undisguised(text.slice(0, 2000)), isCompleteAddress(`a@${text}`), isCompleteAddress(text)],
  'List headers': (text) => ['List-Unsubscribe', 'List-Id', 'List-Post', 'List-Archive'].map((name) => [listOf(field(name, text)), unsubscribeOf(field(name, text))]),
  'the wish for a receipt': (text) => [receiptWishOf({ headers: field('Disposition-Notification-To', text), structure: null, own: 'a@b.example' }), deliveryReportOf(field('Return-Receipt-To', text)), originalOf(field('Original-Recipient', text))],
  'a receipt': (text) => readReceiptOf(Buffer.from(`Disposition: ${text}\nFinal-Recipient: ${text}`), Buffer.from(text)),
  'a bounce': (text) => bounceOf(Buffer.from(`\n\nFinal-Recipient: ${text}\nAction: failed\nDiagnostic-Code: ${text}`), Buffer.from(text)),
  'an invitation': (text) => readInvitation(calendarPart, Buffer.from(`BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\nRRULE:${text}\nSUMMARY;X=${text}:${text}\nEND:VEVENT\nEND:VCALENDAR`)),
  'a contact': (text) => readContacts(Buffer.from(`BEGIN:VCARD\nFN:${text}\nEMAIL;TYPE=${text}:${text}\nEND:VCARD`), 'utf-8'),
  'a file in the text': (text) => takeOut(`begin 644 ${text}\n${text}\nend\n`),
  'first bytes': (text) => reallyOf(text.slice(0, 300), 'text/plain', Buffer.from(text.slice(0, 300))),
  'PGP in the text': (text) => protectionOf(null, [text]),
  'a date': (text) => dateOf(text),
  'a link’s words': (text) => [misleading(text, 'https://a.example/'), misleading('https://b.example', text)],
  'a search': (text) => parseSearch(text.slice(0, 4000)),
  'marks': (text) => marksIn(text, ['ab', 'grün', '( x']),
  'addresses': (text) => parseAddresses(text.slice(0, 20_000)),
  'a mailto link': (text) => startFromMailto(`mailto:${text.slice(0, 8000)}?cc=${text.slice(0, 8000)}`),
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
