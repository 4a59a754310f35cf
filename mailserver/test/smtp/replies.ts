// What a client says at the transfer door and what it hears: run against ours and against Debian's Postfix. Replies
// are compared by code and enhanced status, not by their words. Where the two differ, the case says why.
export interface Exchange {
  name: string
  rfc: string
  /** Said in turn; a line without an answer expects the one behind it. */
  lines: (string | [say: string, expected: RegExp])[]
  /** Before EHLO was said. */
  start?: 'greeting' | 'EHLO'
  postfix?: { differs: string; lines: [say: string, expected: RegExp][] }
}

const from = 'MAIL FROM:<x@client.example>'
const bob = 'RCPT TO:<bob@posthorn.test>'
const line = (length: number) => 'x'.repeat(length)

export const exchanges: Exchange[] = [
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
  { name: 'RSET', rfc: '5321 4.1.1.5', lines: [from, ['RSET', /^250 2\.0\.0/], [bob, /^503/]] },
  { name: 'NOOP', rfc: '5321 4.1.1.9', lines: [['NOOP', /^250 2\.0\.0/]] },
  { name: 'NOOP with words', rfc: '5321 4.1.1.9', lines: [['NOOP are you there', /^250 2\.0\.0/]] },
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
  { name: 'QUIT with words', rfc: '5321 4.1.1.10', lines: [['QUIT now', /^(221|501) /]] },
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
