import { buffer } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { headOf } from '@/components/composer/answer/head'
import type { Address } from '@/lib/model/address'
import { composeMessage } from './compose'

// Situations in which somebody answers or passes on, from the message that came to the header that leaves. The
// reader is alice@x.org, who also owns al@y.org.

interface Situation {
  came: {
    from?: string
    sender?: string
    replyTo?: string
    to?: string
    cc?: string
    subject?: string
    id?: string
    inReplyTo?: string
    references?: string
  }
  kind: 'reply' | 'reply-all' | 'forward'
  leaves: { to?: string; cc?: string; subject: string; inReplyTo?: string; references?: string }
}

const hello = { from: 'bob@x.org', to: 'alice@x.org', subject: 'Hello', id: '<1@x>' }
const answered = { subject: 'Re: Hello', inReplyTo: '<1@x>', references: '<1@x>' }

const situations: Record<string, Situation> = {
  'one to one': { came: hello, kind: 'reply', leaves: { to: 'bob@x.org', ...answered } },
  'one to one, to all': { came: hello, kind: 'reply-all', leaves: { to: 'bob@x.org', ...answered } },
  'passed on': { came: hello, kind: 'forward', leaves: { subject: 'Fwd: Hello', references: '<1@x>' } },
  'among several': {
    came: { ...hello, to: 'alice@x.org carol@x.org', cc: 'dan@x.org' },
    kind: 'reply',
    leaves: { to: 'bob@x.org', ...answered },
  },
  'among several, to all': {
    came: { ...hello, to: 'alice@x.org carol@x.org', cc: 'dan@x.org' },
    kind: 'reply-all',
    leaves: { to: 'bob@x.org, carol@x.org', cc: 'dan@x.org', ...answered },
  },
  'under another own address': {
    came: { ...hello, to: 'al@y.org carol@x.org' },
    kind: 'reply-all',
    leaves: { to: 'bob@x.org, carol@x.org', ...answered },
  },
  'under a detailed address': {
    came: { ...hello, to: 'alice+shop@x.org' },
    kind: 'reply-all',
    leaves: { to: 'bob@x.org', ...answered },
  },
  'only in copy': {
    came: { ...hello, to: 'carol@x.org', cc: 'alice@x.org' },
    kind: 'reply-all',
    leaves: { to: 'bob@x.org, carol@x.org', ...answered },
  },
  'in blind copy': {
    came: { ...hello, to: 'carol@x.org' },
    kind: 'reply-all',
    leaves: { to: 'bob@x.org, carol@x.org', ...answered },
  },
  'answers elsewhere': {
    came: { ...hello, replyTo: 'desk@x.org' },
    kind: 'reply',
    leaves: { to: 'desk@x.org', ...answered },
  },
  'answers to several': {
    came: { ...hello, replyTo: 'desk@x.org ed@x.org' },
    kind: 'reply-all',
    leaves: { to: 'desk@x.org, ed@x.org', ...answered },
  },
  'answers to the reader, by mistake': {
    came: { ...hello, replyTo: 'alice@x.org' },
    kind: 'reply',
    leaves: { to: 'bob@x.org', ...answered },
  },
  'a list that sets Reply-To': {
    came: { ...hello, to: 'list@x.org', replyTo: 'list@x.org' },
    kind: 'reply-all',
    leaves: { to: 'list@x.org', ...answered },
  },
  'a list that sets none': {
    came: { ...hello, to: 'list@x.org' },
    kind: 'reply-all',
    leaves: { to: 'bob@x.org, list@x.org', ...answered },
  },
  'one’s own message': {
    came: { ...hello, from: 'alice@x.org', to: 'bob@x.org' },
    kind: 'reply',
    leaves: { to: 'bob@x.org', ...answered },
  },
  'one’s own message, to all': {
    came: { ...hello, from: 'al@y.org', to: 'bob@x.org', cc: 'carol@x.org' },
    kind: 'reply-all',
    leaves: { to: 'bob@x.org', cc: 'carol@x.org', ...answered },
  },
  'a note to oneself': {
    came: { ...hello, from: 'alice@x.org' },
    kind: 'reply',
    leaves: { to: 'alice@x.org', ...answered },
  },
  'the same person twice': {
    came: { ...hello, to: 'alice@x.org BOB@x.org', cc: 'bob@X.org carol@x.org' },
    kind: 'reply-all',
    leaves: { to: 'bob@x.org', cc: 'carol@x.org', ...answered },
  },
  'no From, a Sender': {
    came: { ...hello, from: '', sender: 'office@x.org' },
    kind: 'reply',
    leaves: { to: 'office@x.org', ...answered },
  },
  'a sender without an address': {
    came: { ...hello, from: 'nobody' },
    kind: 'reply',
    leaves: { ...answered },
  },
  'in a thread': {
    came: { ...hello, inReplyTo: '<0@x>', references: '<a@x> <0@x>' },
    kind: 'reply',
    leaves: { to: 'bob@x.org', ...answered, references: '<a@x> <0@x> <1@x>' },
  },
  'in a thread of programs without References': {
    came: { ...hello, inReplyTo: '<0@x>' },
    kind: 'reply',
    leaves: { to: 'bob@x.org', ...answered, references: '<0@x> <1@x>' },
  },
  'passed on out of a thread': {
    came: { ...hello, references: '<a@x>' },
    kind: 'forward',
    leaves: { subject: 'Fwd: Hello', references: '<a@x> <1@x>' },
  },
  'a message without an id': {
    came: { ...hello, id: '' },
    kind: 'reply',
    leaves: { to: 'bob@x.org', subject: 'Re: Hello' },
  },
  'a chain that names itself': {
    came: { ...hello, references: '<1@x> <a@x> <1@x>' },
    kind: 'reply',
    leaves: { to: 'bob@x.org', ...answered, references: '<1@x> <a@x>' },
  },
  'answered already': {
    came: { ...hello, subject: 'Re: RE: Hello' },
    kind: 'reply',
    leaves: { to: 'bob@x.org', ...answered },
  },
  'answered in German': {
    came: { ...hello, subject: 'AW: Hello' },
    kind: 'reply',
    leaves: { to: 'bob@x.org', ...answered },
  },
  'passed on before': {
    came: { ...hello, subject: 'WG: Hello' },
    kind: 'forward',
    leaves: { subject: 'Fwd: Hello', references: '<1@x>' },
  },
  'an answer passed on': {
    came: { ...hello, subject: 'Re: Hello' },
    kind: 'forward',
    leaves: { subject: 'Fwd: Re: Hello', references: '<1@x>' },
  },
  'no subject': {
    came: { ...hello, subject: '' },
    kind: 'reply',
    leaves: { to: 'bob@x.org', ...answered, subject: 'Re:' },
  },
  'header lines in what came': {
    came: { ...hello, subject: 'Hello\r\nBcc: evil@x.org', id: '<1@x>\r\nBcc: evil@x.org' },
    kind: 'reply',
    leaves: { to: 'bob@x.org', subject: 'Re: Hello Bcc: evil@x.org' },
  },
}

const people = (list = ''): Address[] =>
  list
    .split(' ')
    .filter(Boolean)
    .map((address) => ({ name: '', address }))

const fieldsOf = (raw: string): Record<string, string> =>
  Object.fromEntries(
    (raw.split('\r\n\r\n', 1)[0] ?? '')
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
  )

it('there are thirty of them', () => expect(Object.keys(situations).length).toBeGreaterThanOrEqual(30))

it.each(Object.entries(situations))('%s', async (_, { came, kind, leaves }) => {
  const original = {
    from: people(came.from),
    sender: people(came.sender),
    replyTo: people(came.replyTo),
    to: people(came.to),
    cc: people(came.cc),
    subject: came.subject ?? '',
    messageId: came.id ?? '',
    inReplyTo: came.inReplyTo ?? '',
    references: (came.references ?? '').split(' ').filter(Boolean),
  }
  const head = headOf({ kind, original, own: ['alice@x.org', 'al@y.org'] })
  const bytes = await buffer(
    composeMessage({
      message: { ...head, html: '', text: 'Gladly.' },
      from: { name: 'Alice', address: 'alice@x.org' },
      uploads: [],
      messageId: '<2@x.org>',
      date: new Date(0),
    }),
  )
  const fields = fieldsOf(bytes.toString())
  expect({
    to: fields.to,
    cc: fields.cc,
    subject: fields.subject,
    inReplyTo: fields['in-reply-to'],
    references: fields.references,
  }).toEqual({ to: undefined, cc: undefined, inReplyTo: undefined, references: undefined, ...leaves })
  expect(fields).not.toHaveProperty('bcc')
})
