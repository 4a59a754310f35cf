// The orders and filters of a list, on real servers: with the server's SORT and without it they agree.
import { beforeAll, describe, expect, it } from 'vitest'
import { folderIdOfPath } from '@/lib/model/folder-id'
import { usualView, type ListView } from '@/lib/model/view'
import { openConversation } from '../../actions/open-conversation'
import { onServers, type OnServer } from '../../testing/on-servers'
import { setFlag } from '../flags'
import { listWindow } from '../list'
import { moveTo } from '../move'
import { findOrMakeFolder } from '../mailboxes'
import { currentOrder } from '../order'
import { withSelected } from '../pool'
import { conversationsIn } from '../thread/groups'
import { markOf, matchesOfOne } from '../thread/matches'
import { sortedHere } from './keys'

interface Letter {
  from: string
  subject: string
  to?: string
  flags?: string[]
  file?: string
  length?: number
}

const raw = ({ from, subject, to = 'alice@posthorn.test', file, length = 10 }: Letter): string =>
  [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    ...(file
      ? [
          'Content-Type: multipart/mixed; boundary=x',
          '',
          '--x',
          '',
          'text',
          '--x',
          `Content-Type: application/pdf; name="${file}"`,
          'Content-Disposition: attachment',
          '',
          'x'.repeat(length),
          '--x--',
        ]
      : ['', 'y'.repeat(length)]),
    '',
  ].join('\n')

const letters: Letter[] = [
  { from: 'Zoe <zoe@a.example>', subject: 'banana', length: 3000 },
  { from: 'Adam <z@b.example>', subject: 'Re: apple', flags: ['\\Seen', '\\Flagged'] },
  { from: 'mia@c.example', subject: 'cherry', file: 'plan.pdf', flags: ['\\Seen'] },
  { from: 'Adam <z@b.example>', subject: 'apple', to: 'team@posthorn.test', flags: ['\\Flagged'] },
]

const seed = async ({ other }: OnServer): Promise<void> => {
  for (const [at, one] of letters.entries())
    await other.append({ raw: raw(one), flags: one.flags ?? [], date: new Date(Date.UTC(2026, 1, at + 1)) })
}

onServers({ what: 'views of a mailbox', seed }, (at) => {
  const look = (change: Partial<ListView>, offset = 0) =>
    listWindow(at.who, {
      path: 'INBOX',
      offset,
      limit: 50,
      wish: { view: { ...usualView, ...change }, people: 'senders' },
    })
  const subjects = async (change: Partial<ListView>, offset = 0) =>
    (await look(change, offset)).rows.map(({ subject }) => subject)

  it('is in the order that was asked for, both ways, the newest first among equals', async () => {
    expect(await subjects({})).toEqual(['apple', 'cherry', 'Re: apple', 'banana'])
    expect(await subjects({ direction: 'reverse' })).toEqual(['banana', 'Re: apple', 'cherry', 'apple'])
    expect(await subjects({ sort: 'subject' })).toEqual(['apple', 'Re: apple', 'banana', 'cherry'])
    expect(await subjects({ sort: 'sender' })).toEqual(['apple', 'Re: apple', 'cherry', 'banana'])
    expect(await subjects({ sort: 'sender', direction: 'reverse' })).toEqual([
      'banana',
      'cherry',
      'apple',
      'Re: apple',
    ])
    expect((await subjects({ sort: 'size' }))[0]).toBe('banana')
    expect((await subjects({ sort: 'size', direction: 'reverse' })).at(-1)).toBe('banana')
    expect(await subjects({ sort: 'unread' })).toEqual(['apple', 'banana', 'cherry', 'Re: apple'])
    expect(await subjects({ sort: 'starred' })).toEqual(['apple', 'Re: apple', 'cherry', 'banana'])
    expect(await subjects({ sort: 'attachment' })).toEqual(['cherry', 'apple', 'Re: apple', 'banana'])
  })

  it('shows what the filter lets through, in whatever order', async () => {
    expect(await subjects({ filter: 'unread' })).toEqual(['apple', 'banana'])
    expect(await subjects({ filter: 'unread', sort: 'subject', direction: 'reverse' })).toEqual([
      'banana',
      'apple',
    ])
    expect(await subjects({ filter: 'starred' })).toEqual(['apple', 'Re: apple'])
    expect(await subjects({ filter: 'attachment' })).toEqual(['cherry'])
    expect(await subjects({ filter: 'to-me' })).toEqual(['cherry', 'Re: apple', 'banana'])
    expect((await look({ filter: 'unread' })).total).toBe(2)
  })

  it('sorts the same where the server has no SORT', async () => {
    for (const sort of ['sender', 'subject', 'size'] as const)
      for (const direction of ['usual', 'reverse'] as const) {
        const here = await withSelected(at.who, { path: 'INBOX', effect: 'read' }, async (connection) => {
          const order = await currentOrder(connection, at.who)
          return sortedHere(connection, { who: at.who, order, sort, people: 'senders', direction })
        })
        const there = (await look({ sort, direction })).rows.map(({ id }) => Number(id.split('-')[1]))
        expect(here, `${sort} ${direction}`).toEqual(there)
      }
  })

  it('takes in what comes, lets go of what leaves, and does not slip while one scrolls', async () => {
    await at.other.append({ raw: raw({ from: 'Bea <bea@d.example>', subject: 'aaa' }) })
    expect(await subjects({ sort: 'subject' })).toEqual(['aaa', 'apple', 'Re: apple', 'banana', 'cherry'])
    expect(await subjects({ filter: 'unread' })).toEqual(['aaa', 'apple', 'banana'])
    const [first] = (await look({ filter: 'unread' })).rows
    await setFlag(at.who, { path: 'INBOX', ids: [first?.id ?? ''], flag: 'seen', to: 'on' })
    expect(await subjects({ filter: 'unread' }, 1)).toEqual(['apple', 'banana'])
    expect(await subjects({ filter: 'unread' })).toEqual(['apple', 'banana'])
    await moveTo(at.who, { path: 'INBOX', ids: [first?.id ?? ''], to: 'Trash' })
    expect(await subjects({ sort: 'subject' })).toEqual(['apple', 'Re: apple', 'banana', 'cherry'])
  })

  describe('conversations', () => {
    const talk = (id: string, refs: string, subject = 'Stair core') =>
      [
        'From: Bea <bea@d.example>',
        'To: alice@posthorn.test',
        `Subject: ${subject}`,
        `Message-ID: <${id}@talk.example>`,
        ...(refs ? [`References: ${refs}`, `In-Reply-To: ${refs.split(' ').at(-1)}`] : []),
        '',
        id,
        '',
      ].join('\n')
    const ref = (...ids: string[]) => ids.map((id) => `<${id}@talk.example>`).join(' ')
    const window = async () => {
      const view: ListView = { ...usualView, grouping: 'conversations' }
      const sent = await findOrMakeFolder(at.who, 'sent')
      return listWindow(at.who, {
        path: 'Talk',
        offset: 0,
        limit: 50,
        wish: { view, people: 'senders' },
        sent,
      })
    }

    beforeAll(async () => {
      await at.other.client.mailboxCreate('Talk')
      const sent = await findOrMakeFolder(at.who, 'sent')
      const seen = ['\\Seen']
      const march = (day: number) => new Date(Date.UTC(2026, 2, day))
      await at.other.append({ folder: 'Talk', raw: talk('one', ''), flags: seen, date: march(1) })
      await at.other.append({
        folder: 'Talk',
        raw: talk('else', '', 'Another matter'),
        flags: seen,
        date: march(2),
      })
      await at.other.append({
        folder: sent,
        raw: talk('mine', ref('one'), 'Re: Stair core'),
        flags: seen,
        date: march(3),
      })
      await at.other.append({
        folder: 'Talk',
        raw: talk('two', ref('one', 'mine'), 'Re: Stair core'),
        date: march(4),
      })
    })

    it('are rows with all of their messages, what was sent included', async () => {
      const { total, rows } = await window()
      expect(total).toBe(2)
      expect(rows.map(({ subject, thread }) => [subject, thread?.count, thread?.ids.length])).toEqual([
        ['Re: Stair core', 3, 2],
        ['Another matter', 1, 1],
      ])
      expect(rows[0]?.thread?.unread).toEqual([rows[0]?.id])
    })

    it('open with every message, in order of time, wherever it is filed', async () => {
      const [row] = (await window()).rows
      const folder = folderIdOfPath('Talk')
      const { messages } = await openConversation({ who: at.who, folder, message: row?.id ?? '' })
      expect(messages.map(({ messageId }) => messageId.slice(1, -14))).toEqual(['one', 'mine', 'two'])
      expect(messages[1]?.folder).toBe('sent')
    })

    it('are the same where the server has neither THREADID nor THREAD', async () => {
      await withSelected(at.who, { path: 'Talk', effect: 'read' }, async (connection) => {
        const bare = Object.create(connection, { has: { value: () => false } }) as typeof connection
        const order = await currentOrder(connection, at.who)
        const stranger = { ...at.who, key: `bare ${at.kind}` }
        const groups = await conversationsIn(bare, stranger, order)
        expect([...new Set(groups.values())]).toEqual([[order.uids[0], order.uids[2]]])
        const mark = await markOf(bare, stranger, [order.uids[2] ?? 0])
        expect(await matchesOfOne(bare, stranger, mark)).toEqual([order.uids[0], order.uids[2]])
      })
    })

    it('end when their messages leave, and the next one stands for the rest', async () => {
      const [row] = (await window()).rows
      await moveTo(at.who, { path: 'Talk', ids: [row?.id ?? ''], to: 'Trash' })
      const { rows } = await window()
      expect(rows.map(({ subject }) => subject)).toEqual(['Another matter', 'Stair core'])
    })
  })
})
