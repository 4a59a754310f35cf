import { type Case, crlf, file, html, letter, multi, part, plain, whole } from './build'

// Bodies and attachments by structure.

const octets = 'application/octet-stream'
const content = 'content'
const deep = (levels: number): string =>
  levels === 0 ? plain('at the bottom') : multi('mixed', deep(levels - 1))

const inner = `Content-Type: message/rfc822\n\nFrom: bo@x.example\nSubject: Inside\nMIME-Version: 1.0\n${multi('mixed', plain('inner'), file('in.bin'))}`

const uu = ['begin 644 hello.txt', ",2&5L;&\\L('=O<FQD", '`', 'end'].join('\n')

const shapes: [name: string, content: string, expected: Partial<Case>][] = [
  ['alternative', multi('alternative', plain('text'), html('<p>html</p>')), { text: 'html', shows: 'html' }],
  [
    'alternative, wrong order',
    multi('alternative', html('<p>html</p>'), plain('text')),
    { text: 'html', shows: 'html' },
  ],
  ['alternative of text alone', multi('alternative', plain('text')), { text: 'text', shows: 'text' }],
  [
    'alternative, two HTML',
    multi('alternative', plain('a'), html('b'), html('c')),
    { text: 'c', shows: 'html' },
  ],
  [
    'alternative with a calendar',
    multi(
      'alternative',
      plain('a'),
      part('Content-Type: text/calendar; method=REQUEST', 'BEGIN:VCALENDAR\nEND:VCALENDAR'),
    ),
    { text: 'a', attachments: [] },
  ],
  [
    'mixed, alternative and a file',
    multi('mixed', multi('alternative', plain('a'), html('b')), file('a.bin')),
    { text: 'b', attachments: [{ name: 'a.bin', type: octets, content }] },
  ],
  [
    'mixed, text, picture, text',
    multi('mixed', plain('one'), file('p.png', 'image/png'), plain('two')),
    { text: 'one\n\ntwo', shows: 'text', attachments: [{ name: 'p.png', type: 'image/png', content }] },
  ],
  [
    'mixed, HTML and a footer',
    multi('mixed', html('<p>body</p>'), plain('footer')),
    { text: 'body\n\nfooter', shows: 'html' },
  ],
  [
    'mixed, a text file',
    multi('mixed', plain('body'), file('notes.txt', 'text/plain')),
    { text: 'body', attachments: [{ name: 'notes.txt', type: 'text/plain', content }] },
  ],
  [
    'mixed, an HTML file',
    multi('mixed', plain('body'), file('page.html', 'text/html')),
    { text: 'body', attachments: [{ name: 'page.html', type: 'text/html', content }] },
  ],
  [
    'mixed, a file alone',
    multi('mixed', file('a.pdf', 'application/pdf')),
    { shows: 'none', attachments: [{ name: 'a.pdf', type: 'application/pdf', content }] },
  ],
  [
    'a file as the whole message',
    file('a.zip', 'application/zip'),
    { shows: 'none', attachments: [{ name: 'a.zip', type: 'application/zip', content }] },
  ],
  [
    'mixed, an inline text without a name',
    multi('mixed', plain('one'), part('Content-Type: text/plain\nContent-Disposition: inline', 'two')),
    { text: 'one\n\ntwo', attachments: [] },
  ],
  [
    'mixed, an inline text with a name',
    multi(
      'mixed',
      plain('one'),
      part('Content-Type: text/plain\nContent-Disposition: inline; filename=two.txt', 'two'),
    ),
    { text: 'one', attachments: [{ name: 'two.txt', type: 'text/plain', content: 'two' }] },
  ],
  [
    'related, picture by cid',
    multi(
      'related',
      html('<img src="cid:p@x">pic'),
      part('Content-Type: image/png\nContent-ID: <p@x>', 'png'),
    ),
    { text: 'pic', attachments: [] },
  ],
  [
    'related, picture that is not shown',
    multi(
      'related',
      html('no pic'),
      part('Content-Type: image/png; name=p.png\nContent-ID: <p@x>\nContent-Disposition: attachment', 'png'),
    ),
    { text: 'no pic', attachments: [{ name: 'p.png', type: 'image/png', content: 'png' }] },
  ],
  [
    'related with a start (RFC 2387)',
    multi(
      'related; start="<root@x>"',
      part('Content-Type: image/png\nContent-ID: <p@x>', 'png'),
      part('Content-Type: text/html\nContent-ID: <root@x>', '<img src="cid:p@x">root'),
    ),
    { text: 'root', attachments: [] },
  ],
  [
    'related in alternative',
    multi(
      'alternative',
      plain('a'),
      multi(
        'related',
        html('b<img src="cid:p@x">'),
        part('Content-Type: image/gif\nContent-ID: <p@x>', 'gif'),
      ),
    ),
    { text: 'b', attachments: [] },
  ],
  [
    'signed by OpenPGP (RFC 3156)',
    multi(
      'signed; protocol="application/pgp-signature"',
      plain('signed'),
      file('signature.asc', 'application/pgp-signature'),
    ),
    { text: 'signed', attachments: [] },
  ],
  [
    'signed by S/MIME (RFC 8551)',
    multi(
      'signed; protocol="application/pkcs7-signature"',
      plain('signed'),
      file('smime.p7s', 'application/pkcs7-signature'),
    ),
    { text: 'signed', attachments: [] },
  ],
  [
    'signed, with a file',
    multi(
      'signed; protocol="application/pgp-signature"',
      multi('mixed', plain('signed'), file('a.bin')),
      file('signature.asc', 'application/pgp-signature'),
    ),
    { text: 'signed', attachments: [{ name: 'a.bin', type: octets, content }] },
  ],
  [
    'encrypted by OpenPGP',
    multi(
      'encrypted; protocol="application/pgp-encrypted"',
      part('Content-Type: application/pgp-encrypted', 'Version: 1'),
      file('encrypted.asc'),
    ),
    { shows: 'none', attachments: [{ name: 'encrypted.asc', type: octets, content }] },
  ],
  [
    'encrypted by S/MIME',
    part('Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m', 'x'),
    { shows: 'none', attachments: [{ name: 'smime.p7m', type: 'application/pkcs7-mime', content: 'x' }] },
  ],
  [
    'a bounce (RFC 6522)',
    multi(
      'report; report-type=delivery-status',
      plain('sorry'),
      part(
        'Content-Type: message/delivery-status',
        'Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@x\nAction: failed\nStatus: 5.1.1\n',
      ),
      part('Content-Type: text/rfc822-headers', 'Subject: lost\n'),
    ),
    { text: 'sorry', attachments: [] },
  ],
  [
    'a digest (RFC 2046 section 5.1.5)',
    multi(
      'digest',
      part('Content-Type: message/rfc822', 'Subject: One\n\none'),
      part('Content-Type: message/rfc822', 'Subject: Two\n\ntwo'),
    ),
    {
      shows: 'none',
      attachments: [
        { name: 'One.eml', type: 'message/rfc822' },
        { name: 'Two.eml', type: 'message/rfc822' },
      ],
    },
  ],
  [
    'a message inside',
    multi('mixed', plain('see'), inner),
    { text: 'see', attachments: [{ name: 'Inside.eml', type: 'message/rfc822' }] },
  ],
  [
    'a message inside, with a name',
    multi('mixed', plain('see'), inner.replace('message/rfc822', 'message/rfc822; name="fwd.eml"')),
    { text: 'see', attachments: [{ name: 'fwd.eml', type: 'message/rfc822' }] },
  ],
  [
    'an external body (RFC 2017)',
    multi(
      'mixed',
      plain('see'),
      part(
        'Content-Type: message/external-body; access-type=URL; url="https://x.example/big.iso"',
        'Content-Type: application/octet-stream\n\n',
      ),
    ),
    { text: 'see', attachments: [{ name: 'https_x.example_big.iso', type: 'message/external-body' }] },
  ],
  [
    'an unknown multipart',
    multi('x-strange', plain('one'), file('a.bin')),
    { text: 'one', attachments: [{ name: 'a.bin', type: octets, content }] },
  ],
  ['parallel', multi('parallel', plain('one'), plain('two')), { text: 'one\n\ntwo' }],
  ['twenty deep', deep(20), { text: 'at the bottom' }],
  [
    'no end of the boundary',
    multi('mixed', plain('one'), file('a.bin')).replace(/--b\w+--\n$/, ''),
    { text: 'one', attachments: [{ name: 'a.bin', type: octets, content }] },
  ],
  [
    'a preamble and an epilogue',
    multi('mixed', plain('one')).replace('\n\n', '\n\npreamble\n') + 'epilogue\n',
    { text: 'one', attachments: [] },
  ],
  ['an empty alternative', multi('alternative'), { attachments: [] }],
  ['an empty text beside HTML', multi('alternative', plain(''), html('full')), { text: 'full' }],
  [
    'text/enriched (RFC 1896)',
    part(
      'Content-Type: text/enriched',
      '<bold>Now</bold> is <<the time\nfor all<param>red</param>\n\ngood men',
    ),
    { text: 'Now is <the time for all\ngood men' },
  ],
  [
    'uuencode in the text',
    plain(`before\n${uu}\nafter`),
    { text: 'before\nafter', attachments: [{ name: 'hello.txt', type: octets, content: 'Hello, world' }] },
  ],
  [
    'begin that is no uuencode',
    plain('begin 644 the day\nwith tea'),
    { text: 'begin 644 the day\nwith tea', attachments: [] },
  ],
  [
    'a calendar alone',
    part('Content-Type: text/calendar', 'BEGIN:VCALENDAR\nEND:VCALENDAR'),
    { shows: 'none' },
  ],
  ['a type that is none', part('Content-Type: nonsense', 'words'), {}],
  ['a multipart without a boundary', part('Content-Type: multipart/mixed', 'words'), {}],
]

const names: [name: string, header: string, shown: string][] = [
  ['in Content-Type alone', 'Content-Type: application/pdf; name="plan.pdf"', 'plan.pdf'],
  [
    'RFC 2231, one piece',
    "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''pl%C3%A1n.pdf",
    'plán.pdf',
  ],
  [
    'RFC 2231, continued',
    "Content-Type: application/pdf\nContent-Disposition: attachment; filename*0*=utf-8''pl%C3%A1; filename*1*=n%20; filename*2=final.pdf",
    'plán final.pdf',
  ],
  [
    'RFC 2231, out of order',
    'Content-Type: application/pdf\nContent-Disposition: attachment; filename*1=b.pdf; filename*0=a',
    'ab.pdf',
  ],
  [
    'an encoded word',
    'Content-Type: application/pdf\nContent-Disposition: attachment; filename="=?utf-8?Q?pl=C3=A1n.pdf?="',
    'plán.pdf',
  ],
  [
    'two encoded words',
    'Content-Type: application/pdf\nContent-Disposition: attachment; filename="=?utf-8?Q?pl=C3=A1?= =?utf-8?Q?n.pdf?="',
    'plán.pdf',
  ],
  [
    'a path',
    'Content-Type: application/pdf\nContent-Disposition: attachment; filename="../../etc/plan.pdf"',
    '_.._etc_plan.pdf',
  ],
  [
    'a Windows path',
    'Content-Type: application/pdf\nContent-Disposition: attachment; filename="C:\\\\x\\\\plan.pdf"',
    'C_x_plan.pdf',
  ],
  [
    'a reversing character',
    "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''fdp%E2%80%AEexe.pdf",
    'fdp exe.pdf',
  ],
  ['none', 'Content-Type: application/pdf\nContent-Disposition: attachment', 'attachment.pdf'],
  [
    'dots alone',
    'Content-Type: application/pdf\nContent-Disposition: attachment; filename=".."',
    'attachment.pdf',
  ],
  [
    'an apostrophe',
    'Content-Type: application/pdf\nContent-Disposition: attachment; filename="Ann\'s plan.pdf"',
    "Ann's plan.pdf",
  ],
]

const bodies: [name: string, type: string, encoding: string, body: string, text: string][] = [
  ['no Content-Type', '', '', 'plain words', 'plain words'],
  [
    'soft breaks',
    'text/plain; charset=utf-8',
    'quoted-printable',
    'Gr=C3=\n=BC=C3=9Fe =\nund mehr=20',
    'Grüße und mehr',
  ],
  ['quoted-printable, broken', 'text/plain', 'quoted-printable', '1=2 =ZZ =3D', '1=2 =ZZ ='],
  ['base64 with blanks', 'text/plain; charset=utf-8', 'base64', 'R3LD vMOf\n\nZQ==', 'Grüße'],
  ['base64 in pieces', 'text/plain; charset=utf-8', 'base64', 'R3LDvA==\nw59l', 'Grüße'],
  ['8bit', 'text/plain; charset=utf-8', '8bit', 'Grüße', 'Grüße'],
  ['an unknown encoding', 'text/plain', 'x-strange', 'as it is', 'as it is'],
  ['capitals', 'TEXT/PLAIN; CHARSET=UTF-8', 'QUOTED-PRINTABLE', 'Gr=C3=BC=C3=9Fe', 'Grüße'],
  ['format=flowed (RFC 3676)', 'text/plain; format=flowed', '', 'one \ntwo\nthree', 'one two\nthree'],
  ['flowed with DelSp', 'text/plain; format=flowed; delsp=yes', '', 'beau \ntiful\nday', 'beautiful\nday'],
  ['flowed quotes', 'text/plain; format=flowed', '', '> a \n> b\n>> c\nd', '> a b\n>> c\nd'],
  ['flowed, stuffed', 'text/plain; format=flowed', '', ' >no quote\n From me', '>no quote\nFrom me'],
  ['flowed with a signature', 'text/plain; format=flowed', '', 'text\n-- \nAnn', 'text\n-- \nAnn'],
  ['a single huge line', 'text/plain', '', 'x'.repeat(300_000), 'x'.repeat(300_000)],
  ['nothing', 'text/plain', '', '', ''],
  ['HTML with its charset inside', 'text/html', '', '<meta charset="iso-8859-2"><p>x</p>', 'x'],
  ['HTML entities', 'text/html', '', '<p>Gr&uuml;&szlig;e &amp; &#8364;</p>', 'Grüße & €'],
]

export const structures: Case[] = [
  ...shapes.map(([name, content, expected]): Case => ({ name, raw: whole(content), ...expected })),
  ...names.map(([name, header, shown]): Case => ({
    name: `file name: ${name}`,
    raw: whole(multi('mixed', plain('x'), part(header, 'pdf'))),
    attachments: [{ name: shown, type: 'application/pdf' }],
  })),
  ...bodies.map(([name, type, encoding, body, text]): Case => ({
    name: `body: ${name}`,
    raw: letter({ type, encoding, body: crlf(body) }),
    text,
  })),
]
