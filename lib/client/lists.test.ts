import { describe, expect, it } from 'vitest'
import type { Ui } from './app'
import { emptyListing, placeWindow, removeIds } from './cache/listing'
import { createMailStore } from './cache/store'
import { keptLists, listKey } from './lists'
import { signal } from './signal'

const fresh: Ui = {
  cursor: null,
  resting: null,
  anchor: null,
  selected: new Set(),
  all: null,
  unread: { open: '', messages: new Set() },
  whole: null,
  bulk: null,
  task: null,
  label: null,
  saved: null,
  overlay: 'none',
  drawer: 'closed',
  live: 'live',
  outdated: 0,
}

const begin = () => {
  const ui = signal<Ui>(fresh)
  const mail = createMailStore()
  return { ui, mail, lists: keptLists({ ui, mail, here: '0/inbox' }) }
}

const select = ({ ui }: ReturnType<typeof begin>, ...ids: string[]) =>
  ui.set((now) => ({ ...now, selected: new Set(ids), cursor: ids[0] ?? null }))

describe('a list that is gone back to', () => {
  it('has the selection it was left with, and its cursor does not move it', () => {
    const all = begin()
    select(all, '7-1', '7-2')
    all.lists.comeTo('0/archive')
    expect(all.ui.get()).toMatchObject({ selected: new Set(), cursor: null })
    select(all, '7-9')
    all.lists.comeTo('0/inbox')
    expect(all.ui.get()).toMatchObject({ selected: new Set(['7-1', '7-2']), cursor: '7-1', resting: '7-1' })
    all.lists.comeTo('0/archive')
    expect(all.ui.get().selected).toEqual(new Set(['7-9']))
  })

  it('never lends its selection to another list, whose ids may be the same', () => {
    const all = begin()
    select(all, '7-1')
    all.lists.comeTo(listKey({ account: 0, folder: 'sent', message: null }, null))
    expect(all.ui.get().selected.size).toBe(0)
  })

  it('keeps what is selected while settings lie between', () => {
    const all = begin()
    select(all, '7-1')
    all.lists.comeTo('')
    all.lists.comeTo('0/inbox')
    expect(all.ui.get().selected).toEqual(new Set(['7-1']))
  })

  it('leaves out what has gone meanwhile, and no longer means everything', () => {
    const all = begin()
    select(all, '7-1', '7-2')
    all.ui.set((now) => ({ ...now, whole: now.selected }))
    all.lists.leaveFor('0/archive')
    const window = { uidvalidity: '7', total: 0, offset: 0, rows: [] }
    const listing = removeIds(placeWindow(emptyListing('7'), window), ['7-2'], 0)
    all.mail.update((state) => ({ ...state, listings: { '0/inbox': listing } }))
    all.lists.comeTo('0/inbox')
    expect(all.ui.get()).toMatchObject({ selected: new Set(['7-1']), whole: null })
  })
})
