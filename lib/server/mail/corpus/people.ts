import { type Case, letter } from './build'

// Addresses and dates as they come.

const ann = { name: 'Ann', address: 'ann@x.example' }
const at = (address: string, name = '') => ({ name, address })

const senders: [name: string, header: string, from: Case['from']][] = [
  ['plain', 'From: ann@x.example', [at('ann@x.example')]],
  ['with a name', 'From: Ann <ann@x.example>', [ann]],
  ['a comma in quotes', 'From: "Lovelace, Ann" <ann@x.example>', [at('ann@x.example', 'Lovelace, Ann')]],
  [
    'a name of encoded words',
    'From: =?utf-8?Q?Ann=C3=A9?= =?utf-8?Q?_B?= <ann@x.example>',
    [at('ann@x.example', 'Anné B')],
  ],
  ['encoded words in quotes', 'From: "=?utf-8?Q?Ann=C3=A9?=" <ann@x.example>', [at('ann@x.example', 'Anné')]],
  ['raw UTF-8 (RFC 6532)', 'From: Anné <anné@x.example>', [at('anné@x.example', 'Anné')]],
  ['escaped quotes', 'From: "Ann \\"A\\" B" <ann@x.example>', [at('ann@x.example', 'Ann "A" B')]],
  ['several', 'From: Ann <ann@x.example>, Bo <bo@x.example>', [ann, at('bo@x.example', 'Bo')]],
  ['folded', 'From: Ann\n <ann@x.example>', [ann]],
  ['missing', 'From:', []],
  ['a quoted local part', 'From: "a b"@x.example', undefined],
  ['angles alone', 'From: <ann@x.example>', [at('ann@x.example')]],
  ['a domain literal', 'From: Ann <ann@[192.0.2.1]>', [at('ann@[192.0.2.1]', 'Ann')]],
  [
    'a name that is an address',
    'From: "bank@bank.example" <ann@x.example>',
    [at('ann@x.example', 'bank@bank.example')],
  ],
  [
    'a line break in the name',
    'From: =?utf-8?Q?Ann=0D=0ABcc=3A_y?= <ann@x.example>',
    [at('ann@x.example', 'Ann Bcc: y')],
  ],
]

const receivers: [name: string, header: string, to: Case['to']][] = [
  ['nobody', 'Subject: x', []],
  ['an empty field', 'To:', []],
  ['two', 'To: Ann <ann@x.example>, bo@x.example', [ann, at('bo@x.example')]],
  [
    'a group (RFC 5322 section 3.4)',
    'To: Team: Ann <ann@x.example>, bo@x.example;',
    [at('', 'Team'), ann, at('bo@x.example')],
  ],
  ['an empty group', 'To: undisclosed-recipients:;', [at('', 'undisclosed-recipients')]],
  [
    'a group among others',
    'To: bo@x.example, Team: ann@x.example;',
    [at('bo@x.example'), at('', 'Team'), at('ann@x.example')],
  ],
  [
    'ten thousand',
    `To: ${Array.from({ length: 10_000 }, (_, n) => `a${n}@x.example`).join(',\n ')}`,
    Array.from({ length: 10_000 }, (_, n) => at(`a${n}@x.example`)),
  ],
]

const dates: [name: string, header: string, date: string][] = [
  ['usual', 'Date: Sat, 21 Nov 2026 10:20:30 +0100', '2026-11-21T09:20:30.000Z'],
  ['with a comment', 'Date: Sat, 21 Nov 2026 10:20:30 +0100 (CET)', '2026-11-21T09:20:30.000Z'],
  ['without a weekday', 'Date: 21 Nov 2026 10:20:30 GMT', '2026-11-21T10:20:30.000Z'],
  ['absent', 'Subject: x', ''],
  ['nonsense', 'Date: yesterday', ''],
  ['a year that is none', 'Date: Sat, 21 Nov 999999 10:20:30 +0000', ''],
]

export const people: Case[] = [
  ...senders.map(([name, headers, from]): Case => ({
    name: `From: ${name}`,
    raw: letter({ headers }),
    from,
  })),
  ...receivers.map(([name, headers, to]): Case => ({ name: `To: ${name}`, raw: letter({ headers }), to })),
  ...dates.map(([name, headers, date]): Case => ({ name: `Date: ${name}`, raw: letter({ headers }), date })),
]
