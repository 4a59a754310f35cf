// At the LMTP door. Debian's Postfix has none; what RFC 2033 asks for beyond SMTP stands here.
import type { Exchange } from './exchange'

const from = 'MAIL FROM:<x@client.example>'
const bob = 'RCPT TO:<bob@posthorn.test>'
const alice = 'RCPT TO:<alice@posthorn.test>'
const message = 'Subject: x\r\n\r\nhello\r\n.'

export const lmtps: Exchange[] = [
  {
    name: 'LHLO',
    rfc: '2033 4.1',
    start: 'greeting',
    lines: [['LHLO mta.example', /^250-mail\.posthorn\.test\n/]],
  },
  {
    name: 'LHLO offers what RFC 2033 section 5 requires, and no AUTH',
    rfc: '2033 5',
    start: 'greeting',
    lines: [['LHLO mta.example', /^(?=[^]*PIPELINING)(?=[^]*ENHANCEDSTATUSCODES)(?![^]*AUTH)250/]],
  },
  { name: 'LHLO without a name', rfc: '2033 4.1', start: 'greeting', lines: [['LHLO', /^501 /]] },
  { name: 'HELO', rfc: '2033 4.1', start: 'greeting', lines: [['HELO mta.example', /^500 /]] },
  { name: 'EHLO', rfc: '2033 4.1', start: 'greeting', lines: [['EHLO mta.example', /^500 /]] },
  { name: 'MAIL before LHLO', rfc: '2033 4.1', start: 'greeting', lines: [[from, /^503 5\.5\.1/]] },
  {
    name: 'RCPT to nobody and elsewhere',
    rfc: '2033 4.2',
    lines: [
      from,
      ['RCPT TO:<nobody@posthorn.test>', /^550 5\.1\.1/],
      ['RCPT TO:<x@elsewhere.example>', /^554 5\.7\.1/],
    ],
  },
  {
    name: 'DATA without recipients',
    rfc: '2033 4.2',
    lines: [from, ['RCPT TO:<nobody@posthorn.test>', /^550/], ['DATA', /^503 5\.5\.1/]],
  },
  {
    name: 'one reply for each recipient',
    rfc: '2033 4.2',
    lines: [
      from,
      bob,
      ['RCPT TO:<nobody@posthorn.test>', /^550/],
      alice,
      ['DATA', /^354/],
      [message, /^250 2\.0\.0/],
      [null, /^250 2\.0\.0/],
      ['NOOP', /^250 2\.0\.0 OK$/],
    ],
  },
  {
    name: 'one reply for each RCPT, where two name one recipient',
    rfc: '2033 4.2',
    lines: [
      from,
      bob,
      bob,
      'RCPT TO:<BOB@posthorn.test>',
      ['DATA', /^354/],
      [message, /^250 2\.0\.0 Ok: queued/],
      [null, /^250 2\.0\.0 Ok: queued/],
      [null, /^250 2\.0\.0 Ok: queued/],
      ['NOOP', /^250 2\.0\.0 OK$/],
    ],
  },
  {
    name: 'a refused message is refused for each RCPT',
    rfc: '2033 4.2',
    lines: [
      from,
      bob,
      bob,
      alice,
      ['DATA', /^354/],
      ['Subject: x\r\n\r\na\nb\r\n.', /^550 5\.5\.2/],
      [null, /^550 5\.5\.2/],
      [null, /^550 5\.5\.2/],
      ['NOOP', /^250 2\.0\.0 OK$/],
    ],
  },
  {
    name: 'RCPT without end',
    rfc: '5321 4.5.3.1.10',
    lines: [from, bob, bob, bob, bob, bob, [bob, /^452 4\.5\.3/], [alice, /^452 4\.5\.3/]],
  },
  {
    name: 'the count begins anew',
    rfc: '2033 4.2',
    lines: [
      from,
      bob,
      bob,
      'RSET',
      from,
      alice,
      ['DATA', /^354/],
      [message, /^250 2\.0\.0 Ok: queued/],
      ['NOOP', /^250 2\.0\.0 OK$/],
    ],
  },
  { name: 'AUTH', rfc: '2033 5', lines: [['AUTH PLAIN {PLAIN}', /^500 5\.5\.2/]] },
  { name: 'QUIT', rfc: '2033 4.1', lines: [['QUIT', /^221 2\.0\.0/]] },
]
