// At the submission doors, 587 with STARTTLS and 465 with TLS from the start.
import type { Exchange, Turn } from './exchange'

const from = 'MAIL FROM:<alice@posthorn.test>'
const bob = 'RCPT TO:<bob@posthorn.test>'

/** 250 some times, then 421. */
const untilSentAway: Turn[] = [
  ...Array.from({ length: 8 }, (): Turn => ['NOOP', /^250/]),
  ['NOOP', /^421 4\.7\.0/],
]

const before: Exchange[] = [
  {
    name: 'EHLO offers STARTTLS',
    rfc: '3207 4',
    start: 'EHLO',
    lines: [['EHLO c.example', /^250[- ]STARTTLS$/m]],
  },
  {
    name: 'MAIL in the clear, as nobody',
    rfc: '4954 6',
    start: 'EHLO',
    lines: [[from, /^530 5\.7\.0/]],
  },
  {
    name: 'STARTTLS with a parameter',
    rfc: '3207 4',
    start: 'EHLO',
    lines: [['STARTTLS now', /^501 5\.5\.4/]],
  },
  {
    name: 'ten commands of nobody',
    rfc: '5321 7.8',
    start: 'EHLO',
    lines: untilSentAway,
    postfix: { differs: 'Postfix does not count them', lines: [['NOOP', /^250 2\.0\.0/]] },
  },
  {
    name: 'NOOP and QUIT in the clear',
    rfc: '5321 4.1.1.10',
    start: 'EHLO',
    lines: [
      ['NOOP', /^250 2\.0\.0/],
      ['QUIT', /^221 2\.0\.0/],
    ],
  },
]

const signingIn: Exchange[] = [
  {
    name: 'EHLO under TLS offers AUTH',
    rfc: '4954 3',
    start: 'TLS',
    lines: [['EHLO c.example', /^250[- ]AUTH (PLAIN LOGIN|LOGIN PLAIN)/m]],
  },
  {
    name: 'EHLO under TLS offers no STARTTLS',
    rfc: '3207 4.2',
    start: 'TLS',
    lines: [['EHLO c.example', /^(?![^]*STARTTLS)250/]],
  },
  {
    name: 'EHLO under TLS offers REQUIRETLS',
    rfc: '8689 2',
    start: 'TLS',
    lines: [['EHLO c.example', /^250[- ]REQUIRETLS$/m]],
    postfix: {
      differs: 'Postfix does not have REQUIRETLS',
      lines: [['EHLO c.example', /^(?![^]*REQUIRETLS)250/]],
    },
  },
  { name: 'STARTTLS again', rfc: '3207 4', start: 'TLS', lines: [['STARTTLS', /^(503|554) 5\.5\.1/]] },
  {
    name: 'MAIL as nobody',
    rfc: '4954 6',
    start: 'TLS',
    lines: [[from, /^530 5\.7\.0/]],
    postfix: {
      differs: 'Postfix refuses the client at RCPT',
      lines: [
        [from, /^250/],
        [bob, /^554 5\.7\.1/],
      ],
    },
  },
  {
    name: 'AUTH PLAIN with its response',
    rfc: '4954 4',
    start: 'TLS',
    lines: [['AUTH PLAIN {PLAIN}', /^235 2\.7\.0/]],
  },
  {
    name: 'AUTH PLAIN, asked for',
    rfc: '4954 4',
    start: 'TLS',
    lines: [
      ['AUTH PLAIN', /^334 ?$/],
      ['{PLAIN}', /^235 2\.7\.0/],
    ],
  },
  {
    name: 'AUTH in small letters',
    rfc: '4954 4',
    start: 'TLS',
    lines: [['auth plain {PLAIN}', /^235 2\.7\.0/]],
  },
  {
    name: 'AUTH LOGIN',
    rfc: '4954 4',
    start: 'TLS',
    lines: [
      ['AUTH LOGIN', /^334 VXNlcm5hbWU6$/],
      ['{NAME}', /^334 UGFzc3dvcmQ6$/],
      ['{SECRET}', /^235 2\.7\.0/],
    ],
  },
  {
    name: 'AUTH LOGIN with the name',
    rfc: '4954 4',
    start: 'TLS',
    lines: [
      ['AUTH LOGIN {NAME}', /^334 UGFzc3dvcmQ6$/],
      ['{SECRET}', /^235 2\.7\.0/],
    ],
  },
  {
    name: 'a wrong password, then the right one',
    rfc: '4954 6',
    start: 'TLS',
    lines: [
      ['AUTH PLAIN {WRONG}', /^535 5\.7\.8/],
      ['AUTH PLAIN {PLAIN}', /^235 2\.7\.0/],
    ],
  },
  {
    name: 'AUTH taken back',
    rfc: '4954 4',
    start: 'TLS',
    lines: [
      ['AUTH PLAIN', /^334/],
      ['*', /^501 5\./],
      ['AUTH PLAIN {PLAIN}', /^235/],
    ],
  },
  {
    name: 'AUTH LOGIN taken back at the name',
    rfc: '4954 4',
    start: 'TLS',
    lines: [
      ['AUTH LOGIN', /^334/],
      ['*', /^501 5\.7\.0/],
    ],
  },
  {
    name: 'AUTH LOGIN taken back at the password',
    rfc: '4954 4',
    start: 'TLS',
    lines: [
      ['AUTH LOGIN {NAME}', /^334/],
      ['*', /^501 5\.7\.0/],
    ],
  },
  {
    name: 'AUTH PLAIN with what is no base64',
    rfc: '4954 4',
    start: 'TLS',
    lines: [['AUTH PLAIN ****', /^501 5\.5\.2/]],
    postfix: { differs: 'RFC 4954 section 4 has 501 5.5.2', lines: [['AUTH PLAIN ****', /^5\d\d 5\./]] },
  },
  {
    name: 'AUTH LOGIN with no name',
    rfc: '4954 4',
    start: 'TLS',
    lines: [['AUTH LOGIN =', /^501 5\.5\.2/]],
    postfix: { differs: 'Dovecot asks on', lines: [['AUTH LOGIN =', /^(334|535)/]] },
  },
  {
    name: 'AUTH LOGIN with a control character in the name',
    rfc: '4616 2',
    start: 'TLS',
    lines: [['AUTH LOGIN {CONTROL}', /^501 5\.5\.2/]],
    postfix: { differs: 'Dovecot asks on', lines: [['AUTH LOGIN {CONTROL}', /^(334|535)/]] },
  },
  {
    name: 'AUTH PLAIN with a control character in the name',
    rfc: '4616 2',
    start: 'TLS',
    lines: [['AUTH PLAIN AGEBAHg=', /^501 5\.5\.2/]],
    postfix: { differs: 'to Dovecot it is a name', lines: [['AUTH PLAIN AGEBAHg=', /^535 5\.7\.8/]] },
  },
  {
    name: 'AUTH PLAIN with two answers',
    rfc: '4954 4',
    start: 'TLS',
    lines: [['AUTH PLAIN {PLAIN} {PLAIN}', /^501 5\.5\.4/]],
  },
  {
    name: 'AUTH LOGIN with two answers',
    rfc: '4954 4',
    start: 'TLS',
    lines: [['AUTH LOGIN {NAME} {SECRET}', /^501 5\.5\.4/]],
  },
  {
    name: 'AUTH PLAIN for another user',
    rfc: '4616 2',
    start: 'TLS',
    lines: [['AUTH PLAIN {ANOTHER}', /^535 5\.7\.8/]],
  },
  { name: 'AUTH without a mechanism', rfc: '4954 4', start: 'TLS', lines: [['AUTH', /^501 5\.5\.4/]] },
  {
    name: 'a mechanism nobody knows',
    rfc: '4954 4',
    start: 'TLS',
    lines: [['AUTH X-NOTHING', /^504 5\.5\.4/]],
    postfix: { differs: '504 is for an unrecognized mechanism', lines: [['AUTH X-NOTHING', /^535 5\.7\.8/]] },
  },
  { name: 'AUTH twice', rfc: '4954 4', start: 'signed in', lines: [['AUTH PLAIN {PLAIN}', /^503 5\.5\.1/]] },
  {
    name: 'AUTH within a message',
    rfc: '4954 4',
    start: 'signed in',
    lines: [from, ['AUTH PLAIN {PLAIN}', /^503 5\.5\.1/]],
  },
]

const submitting: Exchange[] = [
  {
    name: 'MAIL as oneself',
    rfc: '6409 4.3',
    start: 'signed in',
    lines: [
      [from, /^250 2\.1\.0/],
      [bob, /^250 2\.1\.5/],
    ],
  },
  {
    name: 'MAIL as somebody else',
    rfc: '6409 6.1',
    start: 'signed in',
    lines: [['MAIL FROM:<bob@posthorn.test>', /^553 5\.7\.1/]],
    postfix: {
      differs: 'Postfix tells at RCPT',
      lines: [
        ['MAIL FROM:<bob@posthorn.test>', /^250/],
        [bob, /^553 5\.7\.1/],
      ],
    },
  },
  {
    name: 'MAIL with AUTH=',
    rfc: '4954 5',
    start: 'signed in',
    lines: [[`${from} AUTH=<>`, /^250 2\.1\.0/]],
  },
  {
    name: 'MAIL with SIZE',
    rfc: '1870 6',
    start: 'signed in',
    lines: [
      [`${from} SIZE=1000`, /^250/],
      ['RSET', /^250 2\.0\.0/],
      [`${from} SIZE=200000`, /^552 5\.3\.4/],
    ],
  },
  {
    name: 'MAIL with REQUIRETLS and a value',
    rfc: '8689 2',
    start: 'signed in',
    lines: [[`${from} REQUIRETLS=yes`, /^501 5\.5\.4/]],
    postfix: {
      differs: 'Postfix does not have REQUIRETLS',
      lines: [[`${from} REQUIRETLS=yes`, /^555 5\.5\.4/]],
    },
  },
  {
    name: 'RCPT elsewhere',
    rfc: '6409 3.1',
    start: 'signed in',
    lines: [from, ['RCPT TO:<x@elsewhere.example>', /^250 2\.1\.5/]],
  },
  {
    name: 'RCPT to nobody here',
    rfc: '5321 3.6.2',
    start: 'signed in',
    lines: [from, ['RCPT TO:<nobody@posthorn.test>', /^550 5\.1\.1/]],
  },
  {
    name: 'RCPT with NOTIFY',
    rfc: '3461 4.1',
    start: 'signed in',
    lines: [`${from} RET=HDRS ENVID=abc`, [`${bob} NOTIFY=SUCCESS,FAILURE`, /^250/]],
  },
  {
    name: 'DATA before RCPT',
    rfc: '5321 3.3',
    start: 'signed in',
    lines: [from, ['DATA', /^(503|554) 5\.5\.1/]],
  },
  {
    name: 'a whole message',
    rfc: '6409 3.1',
    start: 'signed in',
    lines: [
      from,
      bob,
      ['DATA', /^354/],
      ['Subject: x\r\n\r\nhello\r\n.', /^250 2\.0\.0 Ok: queued as \S+/],
      ['QUIT', /^221/],
    ],
  },
  { name: 'VRFY', rfc: '5321 3.5.3', start: 'signed in', lines: [['VRFY bob@posthorn.test', /^252 2\./]] },
]

export const submissions: Exchange[] = [...before, ...signingIn, ...submitting]
