import { describe, expect, it } from 'vitest'
import type { Address } from '@/lib/model/address'
import { recipientsOfAnswer } from './recipients'

const who = (list: string): Address[] =>
  list
    .split(' ')
    .filter(Boolean)
    .map((address) => ({ name: '', address }))
const plain = (list: Address[]) => list.map(({ address }) => address).join(' ')

interface Case {
  from?: string
  sender?: string
  replyTo?: string
  to?: string
  cc?: string
  reply: string
  all: [string, string]
}

// The reader is alice@x.org, who also owns al@y.org.
const cases: Record<string, Case> = {
  'one to one': { from: 'bob@x', to: 'alice@x.org', reply: 'bob@x', all: ['bob@x', ''] },
  'to me and carol': { from: 'bob@x', to: 'alice@x.org carol@x', reply: 'bob@x', all: ['bob@x carol@x', ''] },
  'carol in copy': {
    from: 'bob@x',
    to: 'alice@x.org',
    cc: 'carol@x',
    reply: 'bob@x',
    all: ['bob@x', 'carol@x'],
  },
  'me in copy': {
    from: 'bob@x',
    to: 'carol@x',
    cc: 'alice@x.org',
    reply: 'bob@x',
    all: ['bob@x carol@x', ''],
  },
  'I got it blind': { from: 'bob@x', to: 'carol@x', reply: 'bob@x', all: ['bob@x carol@x', ''] },
  'Reply-To elsewhere': {
    from: 'bob@x',
    replyTo: 'desk@x',
    to: 'alice@x.org',
    reply: 'desk@x',
    all: ['desk@x', ''],
  },
  'several Reply-To': {
    from: 'bob@x',
    replyTo: 'desk@x ed@x',
    to: 'alice@x.org',
    reply: 'desk@x ed@x',
    all: ['desk@x ed@x', ''],
  },
  'a list sets Reply-To': {
    from: 'bob@x',
    replyTo: 'list@x',
    to: 'list@x',
    cc: 'carol@x',
    reply: 'list@x',
    all: ['list@x', 'carol@x'],
  },
  'Reply-To is me alone': {
    from: 'bob@x',
    replyTo: 'alice@x.org',
    to: 'alice@x.org',
    reply: 'bob@x',
    all: ['bob@x', ''],
  },
  'Reply-To is me and another': {
    from: 'bob@x',
    replyTo: 'alice@x.org desk@x',
    to: 'al@y.org',
    reply: 'alice@x.org desk@x',
    all: ['alice@x.org desk@x', ''],
  },
  'Reply-To without an address': {
    from: 'bob@x',
    replyTo: 'nonsense',
    to: 'alice@x.org',
    reply: 'bob@x',
    all: ['bob@x', ''],
  },
  'my own, sent to bob': { from: 'alice@x.org', to: 'bob@x', reply: 'bob@x', all: ['bob@x', ''] },
  'my own, with copies': {
    from: 'alice@x.org',
    to: 'bob@x',
    cc: 'carol@x',
    reply: 'bob@x',
    all: ['bob@x', 'carol@x'],
  },
  'my own, copies only': { from: 'alice@x.org', cc: 'carol@x', reply: 'carol@x', all: ['carol@x', ''] },
  'my own, from another address of mine': {
    from: 'al@y.org',
    to: 'bob@x alice@x.org',
    reply: 'bob@x',
    all: ['bob@x', ''],
  },
  'my own, with my Reply-To': {
    from: 'alice@x.org',
    replyTo: 'al@y.org',
    to: 'bob@x',
    reply: 'bob@x',
    all: ['bob@x', ''],
  },
  'a note to myself': {
    from: 'alice@x.org',
    to: 'alice@x.org',
    reply: 'alice@x.org',
    all: ['alice@x.org', ''],
  },
  'to my other address': {
    from: 'bob@x',
    to: 'al@y.org carol@x',
    reply: 'bob@x',
    all: ['bob@x carol@x', ''],
  },
  'to my plus address': { from: 'bob@x', to: 'alice+shop@x.org', reply: 'bob@x', all: ['bob@x', ''] },
  'other case of my address': {
    from: 'bob@x',
    to: 'Alice@X.ORG carol@x',
    reply: 'bob@x',
    all: ['bob@x carol@x', ''],
  },
  'bob wrote and is in copy': {
    from: 'bob@x',
    to: 'alice@x.org',
    cc: 'BOB@x carol@x',
    reply: 'bob@x',
    all: ['bob@x', 'carol@x'],
  },
  'carol twice': { from: 'bob@x', to: 'carol@x', cc: 'carol@x', reply: 'bob@x', all: ['bob@x carol@x', ''] },
  'several From': {
    from: 'bob@x carol@x',
    sender: 'sec@x',
    to: 'alice@x.org',
    reply: 'bob@x carol@x',
    all: ['bob@x carol@x', ''],
  },
  'no From, a Sender': { sender: 'sec@x', to: 'alice@x.org', reply: 'sec@x', all: ['sec@x', ''] },
  'no From at all': { to: 'alice@x.org', reply: '', all: ['', ''] },
  'From without an address': { from: 'MAILER-DAEMON', to: 'alice@x.org', reply: '', all: ['', ''] },
  'undisclosed recipients': {
    from: 'bob@x',
    to: 'undisclosed-recipients',
    reply: 'bob@x',
    all: ['bob@x', ''],
  },
  'a newsletter': {
    from: 'news@x',
    replyTo: 'noreply@x',
    to: 'alice@x.org',
    reply: 'noreply@x',
    all: ['noreply@x', ''],
  },
  'broken address in copy': {
    from: 'bob@x',
    to: 'alice@x.org',
    cc: 'dave',
    reply: 'bob@x',
    all: ['bob@x', ''],
  },
  'Reply-To equals From': {
    from: 'bob@x',
    replyTo: 'bob@x',
    to: 'alice@x.org carol@x',
    reply: 'bob@x',
    all: ['bob@x carol@x', ''],
  },
}

describe('who an answer goes to', () => {
  it.each(Object.entries(cases))('%s', (_, { reply, all, ...people }) => {
    const original = {
      from: who(people.from ?? ''),
      sender: who(people.sender ?? ''),
      replyTo: who(people.replyTo ?? ''),
      to: who(people.to ?? ''),
      cc: who(people.cc ?? ''),
    }
    const own = ['alice@x.org', 'al@y.org']
    const one = recipientsOfAnswer({ original, own, kind: 'reply' })
    const everyone = recipientsOfAnswer({ original, own, kind: 'reply-all' })
    expect([plain(one.to), plain(one.cc)]).toEqual([reply, ''])
    expect([plain(everyone.to), plain(everyone.cc)]).toEqual(all)
  })

  it('keeps names', () => {
    const original = { from: [{ name: 'Bob', address: 'bob@x' }], sender: [], replyTo: [], to: [], cc: [] }
    expect(recipientsOfAnswer({ original, own: [], kind: 'reply' }).to).toEqual([
      { name: 'Bob', address: 'bob@x' },
    ])
  })
})
