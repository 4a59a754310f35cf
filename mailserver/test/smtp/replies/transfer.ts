// At the transfer door.
import type { Exchange, Turn } from './exchange'

const from = 'MAIL FROM:<x@client.example>'
const bob = 'RCPT TO:<bob@posthorn.test>'
const line = (length: number) => 'x'.repeat(length)
const times = (count: number, turn: Turn) => Array.from({ length: count }, () => turn)
const hop = 'Received: from a by b; Thu, 1 Jan 1970 00:00:00 +0000\r\n'

export const transfers: Exchange[] = [
  {
    name: 'HELO',
    rfc: '5321 4.1.1.1',
    start: 'greeting',
    lines: [['HELO client.example', /^250 mail\.posthorn\.test/]],
  },
  {
    name: 'EHLO',
    rfc: '5321 4.1.1.1',
    start: 'greeting',
    lines: [['EHLO client.example', /^250-mail\.posthorn\.test/]],
  },
  {
    name: 'HELO with an address literal',
    rfc: '5321 4.1.3',
    start: 'greeting',
    lines: [['HELO [192.0.2.1]', /^250 /]],
  },
  {
    name: 'HELO with a name of 301 bytes',
    rfc: '5321 4.5.3.1.2',
    start: 'greeting',
    lines: [[`HELO ${line(301)}`, /^501 /]],
    postfix: {
      differs: 'a domain has 255; Postfix minds with smtpd_helo_restrictions',
      lines: [[`HELO ${line(301)}`, /^250 /]],
    },
  },
  {
    name: 'EHLO with a control character',
    rfc: '5321 4.1.2',
    start: 'greeting',
    lines: [['EHLO a\u0001b', /^501 /]],
    postfix: {
      differs: 'a domain has none; Postfix minds with smtpd_helo_restrictions',
      lines: [['EHLO a\u0001b', /^250-/]],
    },
  },
  { name: 'HELO without a name', rfc: '5321 4.1.1.1', start: 'greeting', lines: [['HELO', /^501 /]] },
  { name: 'EHLO without a name', rfc: '5321 4.1.1.1', start: 'greeting', lines: [['EHLO', /^501 /]] },
  { name: 'MAIL before HELO', rfc: '5321 4.1.4', start: 'greeting', lines: [[from, /^503 /]] },
  {
    name: 'a second EHLO starts anew',
    rfc: '5321 4.1.4',
    lines: [
      [from, /^250 /],
      ['EHLO again.example', /^250-/],
      [bob, /^503 /],
    ],
  },
  { name: 'MAIL', rfc: '5321 4.1.1.2', lines: [[from, /^250 2\.1\.0/]] },
  {
    name: 'MAIL with the null sender',
    rfc: '5321 4.5.5',
    lines: [
      ['MAIL FROM:<>', /^250 2\.1\.0/],
      [bob, /^250 2\.1\.5/],
    ],
  },
  { name: 'MAIL in small letters', rfc: '5321 2.4', lines: [['mail from:<x@client.example>', /^250 /]] },
  {
    name: 'MAIL twice',
    rfc: '5321 4.1.4',
    lines: [
      [from, /^250 /],
      [from, /^503 5\.5\.1/],
    ],
  },
  { name: 'MAIL without brackets around nothing', rfc: '5321 4.1.1.2', lines: [['MAIL FROM:', /^501 5/]] },
  { name: 'MAIL without FROM', rfc: '5321 4.1.1.2', lines: [['MAIL x@client.example', /^501 /]] },
  { name: 'MAIL with SIZE that fits', rfc: '1870 6', lines: [[`${from} SIZE=1000`, /^250 /]] },
  {
    name: 'MAIL with SIZE that is too large',
    rfc: '1870 6.1',
    lines: [[`${from} SIZE=200000`, /^552 5\.3\.4/]],
  },
  { name: 'MAIL with SIZE that is no number', rfc: '1870 6', lines: [[`${from} SIZE=big`, /^501 5/]] },
  { name: 'MAIL with BODY=8BITMIME', rfc: '6152 3', lines: [[`${from} BODY=8BITMIME`, /^250 /]] },
  { name: 'MAIL with BODY=7BIT', rfc: '6152 3', lines: [[`${from} BODY=7BIT`, /^250 /]] },
  {
    name: 'MAIL with a body nobody knows',
    rfc: '6152 3',
    lines: [[`${from} BODY=9BIT`, /^(501|555) 5\.5\.4/]],
  },
  {
    name: 'MAIL with a parameter that wants a value',
    rfc: '1870 6',
    lines: [[`${from} SIZE=`, /^501 5\.5\.4/]],
    postfix: { differs: 'Postfix takes no number for 0', lines: [[`${from} SIZE=`, /^(250|501) /]] },
  },
  {
    name: 'MAIL with SMTPUTF8 and a value',
    rfc: '6531 3.4',
    lines: [[`${from} SMTPUTF8=yes`, /^(501|555) 5\.5\.4/]],
  },
  {
    name: 'MAIL with REQUIRETLS in the clear',
    rfc: '8689 4.1',
    lines: [[`${from} REQUIRETLS`, /^530 5\.7\.0/]],
    postfix: {
      differs: 'Postfix does not have REQUIRETLS',
      lines: [[`${from} REQUIRETLS`, /^555 5\.5\.4/]],
    },
  },
  {
    name: 'MAIL with a space before the address',
    rfc: '5321 3.3',
    lines: [['MAIL FROM: <x@client.example>', /^250 /]],
  },
  {
    name: 'MAIL without brackets',
    rfc: '5321 4.1.2',
    lines: [['MAIL FROM:x@client.example', /^501 5\.1\.7/]],
    postfix: {
      differs: 'a path stands in brackets; Postfix minds with strict_rfc821_envelopes',
      lines: [['MAIL FROM:x@client.example', /^250 /]],
    },
  },
  {
    name: 'MAIL with an address that is none',
    rfc: '5321 4.1.2',
    lines: [['MAIL FROM:<x@client..example>', /^501 5\.1\.7/]],
    postfix: {
      differs: 'Postfix looks at names of domains when somebody is to be found there',
      lines: [['MAIL FROM:<x@client..example>', /^(250|501) /]],
    },
  },
  { name: 'MAIL with RET and ENVID', rfc: '3461 4.3', lines: [[`${from} RET=HDRS ENVID=abc`, /^250 /]] },
  { name: 'MAIL with a RET nobody knows', rfc: '3461 4.3', lines: [[`${from} RET=SOME`, /^501 /]] },
  {
    name: 'MAIL with a parameter nobody knows',
    rfc: '5321 4.1.1.11',
    lines: [[`${from} X-NOTHING=1`, /^(501|555) 5\.5\.4/]],
  },
  { name: 'RCPT', rfc: '5321 4.1.1.3', lines: [from, [bob, /^250 2\.1\.5/]] },
  { name: 'RCPT before MAIL', rfc: '5321 4.1.4', lines: [[bob, /^503 5\.5\.1/]] },
  {
    name: 'RCPT to nobody',
    rfc: '5321 3.6.2',
    lines: [from, ['RCPT TO:<nobody@posthorn.test>', /^550 5\.1\.1/]],
  },
  {
    name: 'RCPT elsewhere',
    rfc: '5321 3.6.1',
    lines: [from, ['RCPT TO:<x@elsewhere.example>', /^(454|554) [45]\.7\.1/]],
  },
  {
    name: 'RCPT to postmaster',
    rfc: '5321 4.5.1',
    lines: [from, ['RCPT TO:<postmaster@posthorn.test>', /^250 /]],
  },
  {
    name: 'RCPT to a plus-address',
    rfc: '5233 1',
    lines: [from, ['RCPT TO:<bob+tag@posthorn.test>', /^250 /]],
  },
  { name: 'RCPT in capitals', rfc: '5321 2.4', lines: [from, ['RCPT TO:<BOB@POSTHORN.TEST>', /^250 /]] },
  {
    name: 'RCPT with a percent',
    rfc: '5321 3.6.1',
    lines: [from, ['RCPT TO:<x%elsewhere.example@posthorn.test>', /^5/]],
  },
  { name: 'RCPT with NOTIFY', rfc: '3461 4.1', lines: [from, [`${bob} NOTIFY=NEVER`, /^250 /]] },
  {
    name: 'RCPT with a NOTIFY nobody knows',
    rfc: '3461 4.1',
    lines: [from, [`${bob} NOTIFY=MAYBE`, /^501 /]],
  },
  {
    name: 'RCPT with NOTIFY=NEVER and more',
    rfc: '3461 4.1',
    lines: [from, [`${bob} NOTIFY=NEVER,FAILURE`, /^501 5\.5\.4/]],
  },
  {
    name: 'RCPT with NOTIFY twice',
    rfc: '3461 4',
    lines: [from, [`${bob} NOTIFY=NEVER NOTIFY=NEVER`, /^501 5\.5\.4/]],
  },
  {
    name: 'RCPT with an ORCPT that is none',
    rfc: '3461 4.2',
    lines: [from, [`${bob} ORCPT=bob`, /^501 5\.5\.4/]],
  },
  {
    name: 'RCPT with a parameter nobody knows',
    rfc: '5321 4.1.1.11',
    lines: [from, [`${bob} X-NOTHING=1`, /^(501|555) 5\.5\.4/]],
  },
  {
    name: 'RCPT by way of another host',
    rfc: '5321 C',
    lines: [from, ['RCPT TO:<@a.example:bob@posthorn.test>', /^250 /]],
  },
  {
    name: 'RCPT twice to one',
    rfc: '5321 4.1.1.3',
    lines: [from, [bob, /^250 2\.1\.5/], [bob, /^250 2\.1\.5/]],
  },
  {
    name: 'RCPT to Postmaster without a domain',
    rfc: '5321 4.5.1',
    lines: [from, ['RCPT TO:<Postmaster>', /^250 /]],
  },
  { name: 'RCPT without an address', rfc: '5321 4.1.1.3', lines: [from, ['RCPT TO:<>', /^5/]] },
  {
    name: 'recipients beyond the limit',
    rfc: '5321 4.5.3.1.10',
    lines: [
      from,
      ...['a', 'b', 'c', 'd', 'e'].map((tag): [string, RegExp] => [
        `RCPT TO:<bob+${tag}@posthorn.test>`,
        /^250 /,
      ]),
      [bob, /^452 4\.5\.3/],
    ],
  },
  { name: 'DATA before RCPT', rfc: '5321 4.1.4', lines: [from, ['DATA', /^(503|554) 5\.5\.1/]] },
  { name: 'DATA before MAIL', rfc: '5321 4.1.4', lines: [['DATA', /^503 5\.5\.1/]] },
  {
    name: 'DATA when every recipient was refused',
    rfc: '5321 4.1.1.4',
    lines: [from, ['RCPT TO:<nobody@posthorn.test>', /^550/], ['DATA', /^(503|554) 5\.5\.1/]],
  },
  {
    name: 'DATA',
    rfc: '5321 4.1.1.4',
    lines: [from, bob, ['DATA', /^354 /], ['Subject: x\r\n\r\nhello\r\n.', /^250 2\.0\.0 Ok: queued as /]],
  },
  {
    name: 'a second message in one session',
    rfc: '5321 3.3',
    lines: [
      from,
      bob,
      ['DATA', /^354/],
      ['Subject: 1\r\n\r\nx\r\n.', /^250/],
      from,
      bob,
      ['DATA', /^354/],
      ['Subject: 2\r\n\r\nx\r\n.', /^250/],
    ],
  },
  { name: 'an empty message', rfc: '5321 4.1.1.4', lines: [from, bob, ['DATA', /^354/], ['.', /^250 /]] },
  {
    name: 'a dot at the start of a line',
    rfc: '5321 4.5.2',
    lines: [from, bob, ['DATA', /^354/], ['Subject: x\r\n\r\n..dot\r\n.', /^250 /]],
  },
  {
    name: 'a bare LF in the message',
    rfc: '5321 2.3.8',
    lines: [from, bob, ['DATA', /^354/], ['Subject: x\r\n\r\na\nb\r\n.', /^5\d\d 5\.5\.2/]],
  },
  {
    name: 'a message larger than the limit',
    rfc: '1870 6.3',
    lines: [
      from,
      bob,
      ['DATA', /^354/],
      [`Subject: x\r\n\r\n${`${line(70)}\r\n`.repeat(2000)}.`, /^552 5\.3\.4/],
    ],
  },
  {
    name: 'a message that goes in circles',
    rfc: '5321 6.3',
    lines: [from, bob, ['DATA', /^354/], [`${hop.repeat(60)}Subject: loop\r\n\r\nx\r\n.`, /^554 5\.4\.6/]],
    postfix: {
      differs: 'RFC 3463 section 3.5 has 5.4.6 for it',
      lines: [
        [from, /^250/],
        [bob, /^250/],
        ['DATA', /^354/],
        [`${hop.repeat(60)}Subject: loop\r\n\r\nx\r\n.`, /^554 5\.4\.0/],
      ],
    },
  },
  { name: 'RSET', rfc: '5321 4.1.1.5', lines: [from, ['RSET', /^250 2\.0\.0/], [bob, /^503/]] },
  { name: 'NOOP', rfc: '5321 4.1.1.9', lines: [['NOOP', /^250 2\.0\.0/]] },
  { name: 'NOOP with words', rfc: '5321 4.1.1.9', lines: [['NOOP are you there', /^250 2\.0\.0/]] },
  { name: 'VRFY of nothing', rfc: '5321 4.1.1.6', lines: [['VRFY', /^501 5\.5\.4/]] },
  { name: 'VRFY', rfc: '5321 7.3', lines: [['VRFY bob', /^252 2\.(0\.0|1\.5|5\.0)/]] },
  { name: 'EXPN', rfc: '5321 7.3', lines: [['EXPN staff', /^50[02] 5\.5\.[12]/]] },
  {
    name: 'HELP',
    rfc: '5321 4.1.1.8',
    lines: [['HELP', /^214 /]],
    postfix: {
      differs: 'Postfix does not have HELP; section 4.5.1 makes it a SHOULD',
      lines: [['HELP', /^50[02] 5\.5\.2/]],
    },
  },
  { name: 'a command nobody knows', rfc: '5321 4.2.4', lines: [['FROBNICATE', /^50[02] 5\.5\.[12]/]] },
  { name: 'an empty line', rfc: '5321 4.2.4', lines: [['', /^500 5\.5\.2/]] },
  { name: 'TURN', rfc: '5321 F.1', lines: [['TURN', /^50[02] 5/]] },
  { name: 'ETRN', rfc: '1985 5', lines: [['ETRN posthorn.test', /^(50[0-3]|45\d|250)/]] },
  { name: 'AUTH at the transfer door', rfc: '4954 4', lines: [['AUTH PLAIN', /^50[023] 5\.5\.[12]/]] },
  { name: 'STARTTLS with words', rfc: '3207 4', lines: [['STARTTLS now', /^501 /]] },
  { name: 'STARTTLS', rfc: '3207 4', lines: [['STARTTLS', /^220 2\.0\.0/]] },
  { name: 'QUIT', rfc: '5321 4.1.1.10', lines: [['QUIT', /^221 2\.0\.0/]] },
  {
    name: 'QUIT with words',
    rfc: '5321 4.1.1',
    lines: [['QUIT now', /^501 5\.5\.4/]],
    postfix: {
      differs: 'section 4.1.1 has them refused; Postfix goes',
      lines: [['QUIT now', /^221 2\.0\.0/]],
    },
  },
  { name: 'RSET with words', rfc: '5321 4.1.1', lines: [['RSET now', /^501 5\.5\.4/]] },
  { name: 'DATA with words', rfc: '5321 4.1.1', lines: [from, bob, ['DATA now', /^501 5\.5\.4/]] },
  {
    name: 'ten commands nobody knows',
    rfc: '5321 4.2.4',
    lines: [...times(9, ['FROBNICATE', /^50[02] 5\.5\.[12]/]), ['FROBNICATE', /^421 4\.7\.0/]],
    postfix: {
      differs: 'Postfix has patience for twenty (smtpd_hard_error_limit), and sleeps meanwhile',
      lines: [['FROBNICATE', /^50[02] 5\.5\.[12]/]],
    },
  },
  {
    name: 'a browser',
    rfc: '5321 4.1.4',
    start: 'greeting',
    lines: [['POST / HTTP/1.1', /^421 4\.7\.0/]],
    postfix: {
      differs: 'Postfix says goodbye (smtpd_forbidden_commands)',
      lines: [['POST / HTTP/1.1', /^221 2\.7\.0/]],
    },
  },
  {
    name: 'XCLIENT of somebody who may not',
    rfc: '5321 4.2.4',
    lines: [['XCLIENT ADDR=198.51.100.7', /^550 5\.7\.0/]],
  },
  {
    name: 'XFORWARD of somebody who may not',
    rfc: '5321 4.2.4',
    lines: [['XFORWARD ADDR=198.51.100.7', /^550 5\.7\.0/]],
  },
  {
    name: 'a command line of 17,000 bytes',
    rfc: '5321 4.5.3.1.4',
    lines: [[`NOOP ${line(17_000)}`, /^421 4\.7\.0/]],
    postfix: { differs: 'Postfix cuts it', lines: [[`NOOP ${line(17_000)}`, /^(250|500) /]] },
  },
  {
    name: 'a command line of 4,000 bytes',
    rfc: '5321 4.5.3.1.4',
    lines: [[`NOOP ${line(4000)}`, /^(250|500) /]],
  },
  {
    name: 'SMTPUTF8',
    rfc: '6531 3.4',
    lines: [
      ['MAIL FROM:<jürgen@client.example> SMTPUTF8', /^250 /],
      [bob, /^250 /],
    ],
  },
]
