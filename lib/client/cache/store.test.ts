import { describe, expect, it } from 'vitest'
import { folderIdOfPath } from '@/lib/model/folder-id'
import { noFlags } from '@/lib/model/no-flags'
import type { Mailbox } from '@/lib/model/mailbox'
import type { MessageSummary } from '@/lib/model/message'
import { emptyListing, missing, placeWindow } from './listing'
import { createMailStore } from './store'
import { emptyState, leaving, reduce } from './state'
import type { Change, MailState } from './state'

const at = { account: 0, folder: 'inbox' }

const row = (uid: number, seen = false): MessageSummary => ({
  id: `7-${uid}`,
  from: [],
  to: [],
  subject: `message ${uid}`,
  preview: '',
  date: '2026-11-21T09:00:00Z',
  size: 1,
  flags: { ...noFlags, seen },
  attachments: [],
})

const inbox: Mailbox = {
  id: 'inbox',
  path: 'INBOX',
  name: 'INBOX',
  parent: null,
  role: 'inbox',
  selectable: true,
  subscribed: true,
  delimiter: '/',
  owner: 'me',
  holds: 'folders',
  rights: null,
  total: 5,
  unread: 5,
}

/** A mailbox of UIDs 5…1, of which the first `loaded` are known. */
const state = (loaded = 5): MailState => ({
  ...emptyState,
  mailboxes: [inbox],
  listings: {
    '0/inbox': placeWindow(emptyListing(), {
      uidvalidity: '7',
      total: 5,
      offset: 0,
      rows: [5, 4, 3, 2, 1].slice(0, loaded).map((uid) => row(uid)),
    }),
  },
})

const order = (now: MailState) => now.listings['0/inbox']?.order.map((id) => (id ? Number(id.slice(2)) : 0))
const freshness = (now: MailState) => now.listings['0/inbox']?.freshness
const gone = (uids: number[], total: number): Change => ({
  type: 'gone',
  ...at,
  ids: uids.map((uid) => `7-${uid}`),
  total,
})

describe('folders that change', () => {
  const clients = { ...inbox, id: folderIdOfPath('Clients'), role: null, path: 'Clients', name: 'Clients' }
  const listing = placeWindow(emptyListing(), { uidvalidity: '9', total: 1, offset: 0, rows: [row(1)] })
  const open: MailState = {
    ...state(),
    mailboxes: [inbox, clients],
    listings: { ...state().listings, [`0/${clients.id}`]: listing },
  }

  it('keep what is known of them under their new name', () => {
    const to = folderIdOfPath('Customers')
    const now = reduce(open, { type: 'renamed', account: 0, renamed: [{ from: clients.id, to }] })
    expect(now.listings[`0/${to}`]).toBe(listing)
    expect(now.listings[`0/${clients.id}`]).toBeUndefined()
  })

  it('say so where they are open when they are no more', () => {
    const now = reduce(open, { type: 'mailboxes', account: 0, mailboxes: [inbox] })
    expect(now.listings[`0/${clients.id}`]).toMatchObject({ problem: 'mailbox-gone', order: [] })
    expect(now.listings['0/inbox']).toBe(open.listings['0/inbox'])
    // A list from before a rename came late: the next one puts it right.
    const back = reduce(now, { type: 'mailboxes', account: 0, mailboxes: [inbox, clients] })
    expect(back.listings[`0/${clients.id}`]).toMatchObject({ problem: null, freshness: 'stale' })
  })
})

describe('the listing of a folder', () => {
  it('knows which rows are still to be asked for', () => {
    const listing = state(2).listings['0/inbox']
    expect(listing && missing(listing, 0, 2)).toBeNull()
    expect(listing && missing(listing, 0, 50)).toEqual({ from: 2, to: 5 })
  })

  it('takes a window as the truth about its places and never shows a message twice', () => {
    const listing = state().listings['0/inbox']
    const moved = placeWindow(listing ?? emptyListing(), {
      uidvalidity: '7',
      total: 5,
      offset: 0,
      rows: [row(3), row(5)],
    })
    expect(moved.order).toEqual(['7-3', '7-5', undefined, '7-2', '7-1'])
  })

  it('forgets everything when UIDVALIDITY changes', () => {
    const listing = placeWindow(state().listings['0/inbox'] ?? emptyListing(), {
      uidvalidity: '8',
      total: 1,
      offset: 0,
      rows: [{ ...row(1), id: '8-1' }],
    })
    expect([...listing.rows.keys()]).toEqual(['8-1'])
  })
})

describe('the reducer', () => {
  it('puts new mail on top, once', () => {
    const event: Change = { type: 'arrived', ...at, rows: [row(6)], total: 6 }
    const twice = reduce(reduce(state(), event), event)
    expect(order(twice)).toEqual([6, 5, 4, 3, 2, 1])
    expect(freshness(twice)).toBe('fresh')
  })

  it('closes the hole of a message that left before it was loaded', () => {
    const after = reduce(state(2), gone([2], 4))
    expect(order(after)).toEqual([5, 4, 0, 0])
    expect(freshness(after)).toBe('fresh')
  })

  it('marks itself stale when the totals say that something was missed', () => {
    expect(freshness(reduce(state(), gone([5], 2)))).toBe('stale')
  })

  it('does nothing the second time a message leaves', () => {
    const once = reduce(state(), gone([5], 4))
    expect(order(reduce(once, gone([5], 4)))).toEqual([4, 3, 2, 1])
  })
})

describe('a click', () => {
  const clicked = (uids: number[]) => leaving({ ...at, ids: uids.map((uid) => `7-${uid}`) })

  it('is shown at once, and kept when the server agrees', async () => {
    const store = createMailStore(state())
    const done = store.act({ change: clicked([4]), request: async () => undefined })
    expect(order(store.get())).toEqual([5, 3, 2, 1])
    expect(store.get().mailboxes[0]?.unread).toBe(4)
    await done
    expect(order(store.get())).toEqual([5, 3, 2, 1])
  })

  it('is taken back when the server refuses, without losing what arrived meanwhile', async () => {
    const store = createMailStore(state())
    const done = store.act({
      change: clicked([4]),
      request: async () => {
        throw new Error('refused')
      },
    })
    store.apply({ type: 'arrived', ...at, rows: [row(6)], total: 6 })
    expect(order(store.get())).toEqual([6, 5, 3, 2, 1])
    await expect(done).rejects.toThrow('refused')
    expect(order(store.get())).toEqual([6, 5, 4, 3, 2, 1])
    expect(store.get().mailboxes[0]?.unread).toBe(5)
  })

  it('is not applied twice when the push comes before the answer', async () => {
    const store = createMailStore(state())
    let answer = (): void => undefined
    const done = store.act({
      change: clicked([4]),
      request: () => new Promise<void>((resolve) => (answer = resolve)),
    })
    store.apply(gone([4], 4))
    store.apply({ type: 'counts', ...at, total: 4, unread: 4 })
    expect(order(store.get())).toEqual([5, 3, 2, 1])
    expect(store.get().mailboxes[0]?.unread).toBe(4)
    answer()
    await done
    expect(order(store.get())).toEqual([5, 3, 2, 1])
    expect(freshness(store.get())).toBe('fresh')
    expect(store.get().mailboxes[0]?.unread).toBe(4)
  })

  it('can be undone to the place it came from, under the ids the server gives', async () => {
    const store = createMailStore(state())
    await store.act({ change: clicked([4]), request: async () => undefined })
    await store.act({
      change: () => ({ type: 'restored', ...at, rows: [{ index: 1, row: row(4) }] }),
      request: async () => undefined,
      settle: () => ({ type: 'restored', ...at, rows: [{ index: 1, row: row(9) }] }),
    })
    expect(order(store.get())).toEqual([5, 9, 3, 2, 1])
  })

  it('shows a message that is undone once, though its arrival is told before the answer', async () => {
    const store = createMailStore(state())
    await store.act({ change: clicked([4]), request: async () => undefined })
    const shown: ReturnType<typeof order>[] = []
    await store.act({
      change: (now) => ({
        type: 'restored',
        ...at,
        rows: [{ index: 1, row: row(4) }],
        instead: now.listings['0/inbox']?.rows.has('7-9') ? ['7-9'] : [],
      }),
      request: async () => {
        store.apply({ type: 'arrived', ...at, rows: [row(9)], total: 5 })
        shown.push(order(store.get()))
      },
      settle: () => ({ type: 'restored', ...at, rows: [{ index: 1, row: row(9) }], instead: ['7-9'] }),
    })
    expect(shown).toEqual([[5, 4, 3, 2, 1]])
    expect(order(store.get())).toEqual([5, 9, 3, 2, 1])
  })
})

describe('a listing in another view than the usual', () => {
  const other = (view = 'subject usual all messages'): MailState => {
    const before = state()
    const listing = before.listings['0/inbox'] ?? emptyListing()
    return { ...before, listings: { '0/inbox': { ...listing, view } } }
  }
  /** The row of 5 stands for 5, 9 and 8; 8 was read. */
  const talk = (): MailState => {
    const before = other('date usual all conversations')
    const listing = before.listings['0/inbox'] ?? emptyListing()
    const thread = { ids: ['7-5', '7-9', '7-8'], unread: ['7-5', '7-9'], count: 4, senders: [] }
    const rows = new Map([...listing.rows, ['7-5', { ...row(5), thread }]])
    return { ...before, listings: { '0/inbox': { ...listing, rows } } }
  }
  const thread = (now: MailState) => now.listings['0/inbox']?.rows.get('7-5')?.thread

  it('notes in a conversation what was read of it', () => {
    const flags = { ...noFlags, seen: true }
    const after = reduce(talk(), { type: 'flags', ...at, changes: [{ id: '7-9', flags }] })
    expect(thread(after)?.unread).toEqual(['7-5'])
  })

  it('lets single messages of a conversation go, and asks who stands for it when its first one left', () => {
    const after = reduce(talk(), gone([8], 9))
    expect([thread(after)?.ids, thread(after)?.count, freshness(after)]).toEqual([['7-5', '7-9'], 3, 'fresh'])
    expect(freshness(reduce(talk(), gone([5], 9)))).toBe('stale')
    const whole = reduce(talk(), gone([5, 9, 8], 6))
    expect([order(whole), freshness(whole)]).toEqual([[4, 3, 2, 1], 'fresh'])
  })

  it('asks where new mail belongs', () => {
    const after = reduce(other(), { type: 'arrived', ...at, rows: [row(6)], total: 6 })
    expect(order(after)).toEqual([5, 4, 3, 2, 1])
    expect(freshness(after)).toBe('stale')
  })

  it('lets rows go whatever the folder counts', () => {
    const after = reduce(other(), gone([4], 99))
    expect(order(after)).toEqual([5, 3, 2, 1])
    expect(freshness(after)).toBe('fresh')
    expect(freshness(reduce(after, gone([77], 98)))).toBe('stale')
  })
})
