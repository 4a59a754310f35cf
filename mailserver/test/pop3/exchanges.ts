// What a client says at the POP3 door and what it hears: run against ours and against Debian's Dovecot. Answers are
// compared by +OK and -ERR, response codes, numbers and bodies, not by their words. Where the two differ, the case says
// why ours is right. Everybody has three letters (`letters`); NAME stands for the user, PLAIN for the answer of AUTH PLAIN.

/** What is said, what is heard; `body`: the lines after a +OK belong to it. `second` speaks on another connection. */
export type Turn = [say: string, expected: RegExp, more?: 'body' | 'second']

export interface Exchange {
  name: string
  rfc: string
  turns: Turn[]
  /** Nobody has signed in yet. */
  start?: 'greeting'
  /** Messages that are there afterwards, for the next session. */
  left?: number
  dovecot?: { differs: string; turns: Turn[]; left?: number }
}

const letter = (subject: string, body: string) =>
  `From: bob@example.test\r\nSubject: ${subject}\r\n\r\n${body}`

export const letters = [
  letter('one', 'first line\r\nsecond line\r\nthird line\r\n'),
  letter('two', '.\r\n..dots\r\nend\r\n'),
  letter('three', 'three\r\n'),
]
const sizes = letters.map((text) => text.length)
const total = sizes.reduce((sum, size) => sum + size, 0)

const ok = /^\+OK/
const err = /^-ERR/
const wrong = /^-ERR \[AUTH\] /
const name: Turn = ['USER NAME', ok]

const signingIn: Exchange[] = [
  { name: 'USER and PASS', rfc: '1939 7', turns: [name, ['PASS posthorn', ok], ['STAT', ok]] },
  {
    name: 'commands in small letters',
    rfc: '1939 3',
    turns: [
      ['user NAME', ok],
      ['pass posthorn', ok],
    ],
  },
  { name: 'a wrong password', rfc: '3206 4', turns: [name, ['PASS wrong', wrong], ['STAT', err]] },
  {
    name: 'a wrong password, then the right one',
    rfc: '1939 4',
    turns: [name, ['PASS wrong', wrong], name, ['PASS posthorn', ok]],
  },
  { name: 'PASS without USER', rfc: '1939 7', turns: [['PASS posthorn', err]] },
  { name: 'PASS without a password', rfc: '1939 7', turns: [name, ['PASS', err]] },
  {
    name: 'USER without a name',
    rfc: '1939 7',
    turns: [['USER', err]],
    dovecot: { differs: 'a name is part of the command', turns: [['USER', ok]] },
  },
  {
    name: 'AUTH PLAIN with its response',
    rfc: '5034 4',
    turns: [
      ['AUTH PLAIN PLAIN', ok],
      ['STAT', ok],
    ],
  },
  {
    name: 'AUTH PLAIN, asked for',
    rfc: '5034 4',
    turns: [
      ['AUTH PLAIN', /^\+ ?$/],
      ['PLAIN', ok],
    ],
  },
  { name: 'a mechanism in small letters', rfc: '5034 4', turns: [['AUTH plain PLAIN', ok]] },
  {
    name: 'AUTH LOGIN',
    rfc: '5034 4',
    turns: [
      ['AUTH LOGIN', /^\+ VXNlcm5hbWU6$/],
      ['NAME64', /^\+ UGFzc3dvcmQ6$/],
      ['cG9zdGhvcm4=', ok],
    ],
  },
  { name: 'AUTH taken back', rfc: '5034 4', turns: [['AUTH PLAIN', /^\+/], ['*', err], name] },
  { name: 'AUTH with what is not base64', rfc: '5034 4', turns: [['AUTH PLAIN ?', err], name] },
  { name: 'AUTH PLAIN with an empty response', rfc: '5034 4', turns: [['AUTH PLAIN =', err], name] },
  { name: 'AUTH PLAIN with a wrong password', rfc: '3206 4', turns: [['AUTH PLAIN WRONG', wrong]] },
  { name: 'a mechanism nobody knows', rfc: '5034 4', turns: [['AUTH X-NOTHING', err], name] },
  {
    name: 'AUTH without a mechanism',
    rfc: '5034 4',
    turns: [['AUTH', err]],
    dovecot: { differs: 'a mechanism is part of the command', turns: [['AUTH', /PLAIN/, 'body']] },
  },
  ...['STAT', 'LIST', 'RETR 1', 'DELE 1', 'NOOP', 'RSET', 'TOP 1 0', 'UIDL'].map((say) => ({
    name: `${say} before there is a mailbox`,
    rfc: '1939 4',
    turns: [[say, err]] as Turn[],
  })),
  { name: 'QUIT before signing in', rfc: '1939 4', turns: [['QUIT', ok]], left: 3 },
  {
    name: 'CAPA before signing in',
    rfc: '2449 5',
    turns: [
      'TOP',
      'UIDL',
      'RESP-CODES',
      'AUTH-RESP-CODE',
      'PIPELINING',
      'STLS',
      'USER',
      'SASL PLAIN LOGIN',
    ].map((what) => ['CAPA', new RegExp(`^${what}$`, 'm'), 'body']),
  },
  { name: 'a command nobody knows', rfc: '1939 3', turns: [['COFFEE', err], ['', err], name] },
].map((each) => ({ ...each, start: 'greeting' }) as Exchange)

const asking: Exchange[] = [
  { name: 'STAT', rfc: '1939 5', turns: [['STAT', new RegExp(`^\\+OK 3 ${total}$`)]] },
  {
    name: 'LIST',
    rfc: '1939 5',
    turns: [['LIST', new RegExp(`\n1 ${sizes[0]}\n2 ${sizes[1]}\n3 ${sizes[2]}$`), 'body']],
  },
  { name: 'LIST of one', rfc: '1939 5', turns: [['LIST 2', new RegExp(`^\\+OK 2 ${sizes[1]}$`)]] },
  {
    name: 'LIST of none there is',
    rfc: '1939 5',
    turns: ['LIST 0', 'LIST 4', 'LIST -1', 'LIST x', 'LIST 99999999999'].map((say) => [say, err]),
  },
  {
    name: 'RETR',
    rfc: '1939 5',
    turns: [['RETR 1', /^\+OK[^\n]*\nFrom: bob@[^\n]*\nSubject: one\n\nfirst line\n[^]*third line$/, 'body']],
  },
  {
    name: 'lines that begin with a dot',
    rfc: '1939 3',
    turns: [['RETR 2', /\n\n\.\.\n\.\.\.dots\nend$/, 'body']],
  },
  {
    name: 'RETR of none there is',
    rfc: '1939 5',
    turns: ['RETR 9', 'RETR', 'RETR 0'].map((say) => [say, err]),
  },
  { name: 'TOP, the header alone', rfc: '1939 7', turns: [['TOP 1 0', /\nSubject: one\n$/, 'body']] },
  { name: 'TOP with lines', rfc: '1939 7', turns: [['TOP 1 2', /\n\nfirst line\nsecond line$/, 'body']] },
  { name: 'TOP with more lines than there are', rfc: '1939 7', turns: [['TOP 1 99', /third line$/, 'body']] },
  {
    name: 'TOP of nothing',
    rfc: '1939 7',
    turns: ['TOP 9 0', 'TOP 1', 'TOP', 'TOP 1 -1', 'TOP 1 x'].map((say) => [say, err]),
  },
  {
    name: 'UIDL',
    rfc: '1939 7',
    turns: [['UIDL', /\n1 [!-~]{1,70}\n2 [!-~]{1,70}\n3 [!-~]{1,70}$/, 'body']],
  },
  { name: 'UIDL of one', rfc: '1939 7', turns: [['UIDL 3', /^\+OK 3 [!-~]{1,70}$/]] },
  {
    name: 'UIDL of none there is',
    rfc: '1939 7',
    turns: [
      ['UIDL 4', err],
      ['UIDL x', err],
    ],
  },
  { name: 'NOOP', rfc: '1939 5', turns: [['NOOP', ok]] },
  {
    name: 'CAPA after signing in',
    rfc: '2449 5',
    turns: [
      ['CAPA', /^PIPELINING$/m, 'body'],
      ['CAPA', /^TOP$/m, 'body'],
    ],
  },
  {
    name: 'what belongs before a mailbox, after it',
    rfc: '1939 5',
    turns: ['USER bob', 'PASS x', 'AUTH PLAIN', 'STLS'].map((say) => [say, err]),
  },
]

const deleting: Exchange[] = [
  {
    name: 'DELE',
    rfc: '1939 5',
    turns: [
      ['DELE 1', ok],
      ['STAT', new RegExp(`^\\+OK 2 ${total - (sizes[0] as number)}$`)],
      ['LIST', new RegExp(`\n2 ${sizes[1]}\n3 ${sizes[2]}$`), 'body'],
      ['UIDL', /^\+OK[^\n]*\n2 [^\n]+\n3 [^\n]+$/, 'body'],
    ],
  },
  {
    name: 'a message that is marked is not there',
    rfc: '1939 5',
    turns: [
      ['DELE 2', ok],
      ...['DELE 2', 'RETR 2', 'LIST 2', 'TOP 2 0', 'UIDL 2'].map((say): Turn => [say, err]),
    ],
  },
  {
    name: 'DELE of none there is',
    rfc: '1939 5',
    turns: ['DELE 4', 'DELE', 'DELE 0', 'DELE x'].map((say) => [say, err]),
  },
  {
    name: 'RSET',
    rfc: '1939 5',
    turns: [
      ['DELE 1', ok],
      ['RSET', ok],
      ['STAT', /^\+OK 3 /],
      ['QUIT', ok],
    ],
    left: 3,
  },
  {
    name: 'QUIT takes what is marked',
    rfc: '1939 6',
    turns: [
      ['DELE 1', ok],
      ['DELE 3', ok],
      ['QUIT', ok],
    ],
    left: 1,
  },
  {
    name: 'QUIT takes nothing else',
    rfc: '1939 6',
    turns: [
      ['RETR 1', ok, 'body'],
      ['QUIT', ok],
    ],
    left: 3,
  },
  { name: 'without QUIT nothing is taken', rfc: '1939 6', turns: [['DELE 1', ok]], left: 3 },
  {
    name: 'one session at a time',
    rfc: '1939 4',
    turns: [
      ['USER NAME', ok, 'second'],
      ['PASS posthorn', /^-ERR \[IN-USE\] /, 'second'],
      ['QUIT', ok],
      ['USER NAME', ok, 'second'],
      ['PASS posthorn', ok, 'second'],
    ],
    dovecot: {
      differs: '"the POP3 server then acquires an exclusive-access lock": Dovecot where it is told to',
      turns: [
        ['USER NAME', ok, 'second'],
        ['PASS posthorn', ok, 'second'],
      ],
    },
  },
]

const crowded: Exchange[] = [
  {
    name: 'commands sent at once are answered in order',
    rfc: '2449 6.6',
    turns: [[`NOOP\r\nLIST 1\r\nLIST 9\r\nSTAT`, /^\+OK[^\n]*\n\+OK 1 [^\n]*\n-ERR[^\n]*\n\+OK 3 /]],
  },
  {
    name: 'signing in and asking at once',
    rfc: '2449 6.6',
    start: 'greeting',
    turns: [['USER NAME\r\nPASS posthorn\r\nSTAT', /^\+OK[^\n]*\n\+OK[^\n]*\n\+OK 3 /]],
  },
]

export const exchanges: Exchange[] = [...signingIn, ...asking, ...deleting, ...crowded]
