// The orders and filters of a list, on real servers: with the server's SORT and without it they agree.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMailSystem, whyNot, type MailSystem } from '@/e2e/servers'
import { openMailbox, type Mailbox } from '@/e2e/servers/mailbox'
import { folderIdOfPath } from '@/lib/model/mailbox'
import { usualView, type ListView } from '@/lib/model/view'
import { openConversation } from '../../actions/open-conversation'
import type { Account } from '../account'
import { setFlag } from '../flags'
import { listWindow } from '../list'
import { moveTo } from '../move'
import { findOrMakeFolder } from '../mailboxes'
import { currentOrder } from '../order'
import { closeAccount, withSelected } from '../pool'
import { conversationsIn } from '../thread/groups'
import { markOf, matchesOfOne } from '../thread/matches'
import { sortedHere } from './keys'

const forget = (name: string) =>
  void delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for(`posthorn.${name}`)]

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

describe.each(['dovecot', 'posthorn'] as const)('views of a mailbox on %s', (kind) => {
  const why = whyNot(kind)
  if (why) {
    it.skip(`did not run: ${why}`)
    return
  }
  let system: MailSystem
  let other: Mailbox
  let who: Account
  const home = mkdtempSync(join(tmpdir(), 'posthorn-view-'))
  const look = (change: Partial<ListView>, offset = 0) =>
    listWindow(who, {
      path: 'INBOX',
      offset,
      limit: 50,
      wish: { view: { ...usualView, ...change }, people: 'senders' },
    })
  const subjects = async (change: Partial<ListView>, offset = 0) =>
    (await look(change, offset)).rows.map(({ subject }) => subject)

  beforeAll(async () => {
    system = await startMailSystem(kind)
    process.env.POSTHORN_IMAP = `imap://127.0.0.1:${system.imap.port}`
    process.env.POSTHORN_HOME = home
    forget('config')
    const { address, password } = system.users.alice
    who = { key: `view ${kind}`, address, name: 'Alice', credentials: { user: address, password } }
    other = await openMailbox(system, system.users.alice)
    for (const [at, one] of letters.entries())
      await other.append({ raw: raw(one), flags: one.flags ?? [], date: new Date(Date.UTC(2026, 1, at + 1)) })
  }, 60_000)
  afterAll(async () => {
    closeAccount(who.key)
    await other?.close()
    await system?.stop()
    rmSync(home, { recursive: true, force: true })
  })

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
        const here = await withSelected(who, { path: 'INBOX', effect: 'read' }, async (connection) => {
          const order = await currentOrder(connection, who)
          return sortedHere(connection, { who, order, sort, people: 'senders', direction })
        })
        const there = (await look({ sort, direction })).rows.map(({ id }) => Number(id.split('-')[1]))
        expect(here, `${sort} ${direction}`).toEqual(there)
      }
  })

  it('takes in what comes, lets go of what leaves, and does not slip while one scrolls', async () => {
    await other.append({ raw: raw({ from: 'Bea <bea@d.example>', subject: 'aaa' }) })
    expect(await subjects({ sort: 'subject' })).toEqual(['aaa', 'apple', 'Re: apple', 'banana', 'cherry'])
    expect(await subjects({ filter: 'unread' })).toEqual(['aaa', 'apple', 'banana'])
    const [first] = (await look({ filter: 'unread' })).rows
    await setFlag(who, { path: 'INBOX', ids: [first?.id ?? ''], flag: 'seen', to: 'on' })
    expect(await subjects({ filter: 'unread' }, 1)).toEqual(['apple', 'banana'])
    expect(await subjects({ filter: 'unread' })).toEqual(['apple', 'banana'])
    await moveTo(who, { path: 'INBOX', ids: [first?.id ?? ''], to: 'Trash' })
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
      const sent = await findOrMakeFolder(who, 'sent')
      return listWindow(who, {
        path: 'Talk',
        offset: 0,
        limit: 50,
        wish: { view, people: 'senders' },
        sent,
      })
    }

    beforeAll(async () => {
      await other.client.mailboxCreate('Talk')
      const sent = await findOrMakeFolder(who, 'sent')
      const seen = ['\\Seen']
      const at = (day: number) => new Date(Date.UTC(2026, 2, day))
      await other.append({ folder: 'Talk', raw: talk('one', ''), flags: seen, date: at(1) })
      await other.append({
        folder: 'Talk',
        raw: talk('else', '', 'Another matter'),
        flags: seen,
        date: at(2),
      })
      await other.append({
        folder: sent,
        raw: talk('mine', ref('one'), 'Re: Stair core'),
        flags: seen,
        date: at(3),
      })
      await other.append({
        folder: 'Talk',
        raw: talk('two', ref('one', 'mine'), 'Re: Stair core'),
        date: at(4),
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
      const { messages } = await openConversation({ who, folder, message: row?.id ?? '' })
      expect(messages.map(({ messageId }) => messageId.slice(1, -14))).toEqual(['one', 'mine', 'two'])
      expect(messages[1]?.folder).toBe('sent')
    })

    it('are the same where the server has neither THREADID nor THREAD', async () => {
      await withSelected(who, { path: 'Talk', effect: 'read' }, async (connection) => {
        const bare = Object.create(connection, { has: { value: () => false } }) as typeof connection
        const order = await currentOrder(connection, who)
        const stranger = { ...who, key: `bare ${kind}` }
        const groups = await conversationsIn(bare, stranger, order)
        expect([...new Set(groups.values())]).toEqual([[order.uids[0], order.uids[2]]])
        const mark = await markOf(bare, stranger, [order.uids[2] ?? 0])
        expect(await matchesOfOne(bare, stranger, mark)).toEqual([order.uids[0], order.uids[2]])
      })
    })

    it('end when their messages leave, and the next one stands for the rest', async () => {
      const [row] = (await window()).rows
      await moveTo(who, { path: 'Talk', ids: [row?.id ?? ''], to: 'Trash' })
      const { rows } = await window()
      expect(rows.map(({ subject }) => subject)).toEqual(['Another matter', 'Stair core'])
    })
  })
})
