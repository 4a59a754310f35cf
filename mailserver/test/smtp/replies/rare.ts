// Replies that want a server of their own configuration, or one in trouble. Of ours alone.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../../../src/core/config'
import type { Exchange, Turn } from './exchange'

export type Door = 'smtp' | 'submission'

export interface RareExchange extends Exchange {
  door?: Door
  /** The address that a proxy names. */
  client?: string
  /** Who has come before from the same address: served at this door, sent away for talking too soon, or named by the gate. */
  beside?: (Door | 'too soon' | 'by XCLIENT')[]
  /** Their address, where it is another. */
  theirs?: string
}

export interface House {
  name: string
  env: Environment
  prepare?: (home: string) => void
  /** What befalls it once it runs. */
  damage?: (home: string) => void
  exchanges: RareExchange[]
}

const from = 'MAIL FROM:<x@client.example>'
const bob = 'RCPT TO:<bob@posthorn.test>'
const whole = (message: string, expected: RegExp): Exchange['lines'] => [
  from,
  bob,
  ['DATA', /^354/],
  [`${message}\r\n.`, expected],
]

/** Trusted, and may say XCLIENT and XFORWARD. */
export const gate = '192.0.2.9'
const word = (n: number) => 'y'.repeat(n)

const proxied: RareExchange[] = (
  [
    ['in a message', [from, ['XCLIENT ADDR=198.51.100.9', /^503 5\.5\.1/]]],
    ['without words', [['XCLIENT', /^501 5\.5\.4/]]],
    ['with a word nobody knows', [['XCLIENT COLOUR=red', /^501 5\.5\.4/]]],
    ['with an address that is none', [['XCLIENT ADDR=198.51.100.900', /^501 5\.5\.4/]]],
    ['with a name that is none', [['XCLIENT NAME=a+0D+0Ab', /^501 5\.5\.4/]]],
    ['with a name that is no host', [['XCLIENT NAME=a..b', /^501 5\.5\.4/]]],
    ['for a user who is none', [['XCLIENT ADDR=198.51.100.9 LOGIN=nobody@posthorn.test', /^550 5\.7\.8/]]],
    [
      'for a user, who may send',
      [
        ['XCLIENT ADDR=198.51.100.9 LOGIN=alice@posthorn.test', /^220 mail\.posthorn\.test ESMTP/],
        'EHLO client.example',
        [from, /^553 5\.7\.1/],
        'MAIL FROM:<alice@posthorn.test>',
        'RCPT TO:<x@elsewhere.example>',
      ],
    ],
    [
      'for a stranger, who may not relay',
      [
        ['XCLIENT ADDR=198.51.100.9', /^220 /],
        'EHLO client.example',
        from,
        ['RCPT TO:<x@elsewhere.example>', /^554 5\.7\.1/],
      ],
    ],
  ] as [string, Exchange['lines']][]
).map(([what, lines]) => ({ name: `XCLIENT ${what}`, rfc: '5321 4.1.5', client: gate, lines }))

const forwarded: RareExchange[] = (
  [
    ['in a message', [from, ['XFORWARD ADDR=198.51.100.9', /^503 5\.5\.1/]]],
    ['without words', [['XFORWARD', /^501 5\.5\.4/]]],
    ['with a word nobody knows', [['XFORWARD COLOUR=red', /^501 5\.5\.4/]]],
    [
      'takes no trust from who says it',
      [
        ['XFORWARD ADDR=198.51.100.9', /^250 2\.0\.0/],
        from,
        ['RCPT TO:<x@elsewhere.example>', /^250 2\.1\.5/],
      ],
    ],
  ] as [string, Exchange['lines']][]
).map(([what, lines]) => ({ name: `XFORWARD ${what}`, rfc: '5321 4.1.5', client: gate, lines }))

const crowded: Turn = [null, /^421 4\.7\.0 too many connections from your address/]

const shares: RareExchange[] = [
  {
    name: 'connections of one address',
    rfc: '5321 7.8',
    client: '198.51.100.5',
    beside: ['smtp', 'smtp'],
    start: 'connected',
    lines: [crowded],
  },
  {
    name: 'connections of one address over two doors',
    rfc: '5321 7.8',
    client: '198.51.100.6',
    beside: ['smtp', 'submission'],
    start: 'connected',
    lines: [crowded],
  },
  {
    name: 'connections of one address, when one that was never counted is gone',
    rfc: '5321 7.8',
    client: '198.51.100.7',
    beside: ['smtp', 'too soon', 'smtp'],
    start: 'connected',
    lines: [crowded],
  },
  {
    name: 'connections of one address, all by a gate, which has its own share',
    rfc: '5321 7.8',
    client: gate,
    beside: ['by XCLIENT', 'by XCLIENT'],
    theirs: '198.51.100.8',
    lines: [['XCLIENT ADDR=198.51.100.8', crowded[1]]],
  },
  {
    name: 'messages of one address',
    rfc: '5321 7.8',
    client: '198.51.100.3',
    lines: [from, 'RSET', from, 'RSET', [from, /^450 4\.7\.1 you have sent/]],
  },
  {
    name: 'recipients of one address, who need not exist',
    rfc: '5321 7.8',
    client: '198.51.100.4',
    lines: [
      from,
      ...['a', 'b', 'c'].map((name): Turn => [`RCPT TO:<${name}@posthorn.test>`, /^550 5\.1\.1/]),
      [bob, /^450 4\.7\.1 you have written/],
    ],
  },
]

const messages: RareExchange[] = [
  {
    name: 'aliases that go in circles',
    rfc: '5321 3.9',
    lines: [from, 'RCPT TO:<round@posthorn.test>', ['DATA', /^354/], ['x\r\n.', /^554 5\.4\.6 the aliases/]],
  },
  {
    name: 'a header of more than 512 KB',
    rfc: '5321 4.5.3.1.7',
    lines: whole(`X-Long: ${word(900)}\r\n`.repeat(600), /^552 5\.3\.4 the header/),
  },
  {
    name: 'a line of more than 128 KB',
    rfc: '5321 4.5.3.1.6',
    lines: whole(`Subject: x\r\n\r\n${word(140_000)}`, /^550 5\.6\.0/),
  },
].map((each) => ({ ...(each as RareExchange), client: gate }))

const behindProxy: House = {
  name: 'behind a proxy',
  env: {
    POSTHORN_PROXY_PROTOCOL_HOSTS: '127.0.0.1',
    POSTHORN_XCLIENT_HOSTS: gate,
    POSTHORN_TRUSTED_NETWORKS: gate,
    POSTHORN_SMTP_TLS: 'off',
    POSTHORN_SENDER_CHECKS: 'off',
    POSTHORN_CONNECTIONS_PER_ADDRESS: '2',
    POSTHORN_MESSAGES_PER_ADDRESS: '2',
    POSTHORN_RECIPIENTS_PER_ADDRESS: '3',
  },
  prepare: (home) => {
    mkdirSync(join(home, 'mail'), { recursive: true })
    writeFileSync(join(home, 'mail', 'aliases'), 'round: about\nabout: round\n')
  },
  exchanges: [
    {
      name: 'who talks before the greeting',
      rfc: '5321 4.3.1',
      client: '198.51.100.1',
      start: 'connected',
      lines: [['EHLO early.example', /^421 4\.7\.0 /]],
    },
    {
      name: 'AUTH in the clear',
      rfc: '4954 4',
      client: '198.51.100.2',
      door: 'submission',
      lines: [['AUTH PLAIN {PLAIN}', /^538 5\.7\.11/]],
    },
    {
      name: 'STARTTLS where TLS is off',
      rfc: '5321 4.2.4',
      client: gate,
      lines: [['STARTTLS', /^500 5\.5\.2/]],
    },
    ...shares,
    ...proxied,
    ...forwarded,
    ...messages,
  ],
}

export const houses: House[] = [
  behindProxy,
  {
    name: 'with TLS required',
    env: { POSTHORN_SMTP_TLS: 'required' },
    exchanges: [{ name: 'MAIL in the clear', rfc: '3207 4', lines: [[from, /^530 5\.7\.0/]] }],
  },
  {
    name: 'with TLS as one likes',
    env: { POSTHORN_SUBMISSION_TLS: 'optional', POSTHORN_PROXY_PROTOCOL_HOSTS: '127.0.0.1' },
    exchanges: [
      {
        name: 'a password in the clear from elsewhere',
        rfc: '4954 4',
        client: '198.51.100.2',
        door: 'submission',
        lines: [['AUTH PLAIN {PLAIN}', /^538 5\.7\.11/]],
      },
    ],
  },
  {
    name: 'with room for two',
    env: { POSTHORN_CONNECTION_LIMIT: '2' },
    exchanges: [
      {
        name: 'the third',
        rfc: '5321 7.8',
        start: 'connected',
        beside: ['smtp', 'smtp'],
        lines: [[null, /^421 4\.7\.0 .*too many connections, try again/]],
      },
    ],
  },
  {
    name: 'without a place for messages',
    env: {},
    damage: (home) => rmSync(join(home, 'mail', 'spool', 'messages'), { recursive: true }),
    exchanges: [
      {
        name: 'a message that cannot be stored',
        rfc: '5321 4.2.5',
        lines: [...whole(`Subject: x\r\n\r\n${`${word(70)}\r\n`.repeat(2000)}`, /^452 4\.3\.1/), 'NOOP'],
      },
    ],
  },
]
