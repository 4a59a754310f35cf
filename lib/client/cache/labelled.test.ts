import { expect, test } from 'vitest'
import type { MessageSummary } from '@/lib/model/message'
import { noFlags } from '@/lib/model/no-flags'
import { nothingFound, placeHits } from './found'
import { followLabels } from './labelled'
import { emptyState } from './state'
import { createMailStore } from './store'

const garden = { ...noFlags, keywords: ['Garden'] }
const hit = (folder: string, id: string) => ({
  folder,
  row: { id, subject: id, flags: garden } as unknown as MessageSummary,
})

const begin = () => {
  const hits = [hit('inbox', '7-2'), hit('archive', '9-2')]
  const found = placeHits(nothingFound, {
    hits,
    total: 2,
    offset: 0,
    problem: null,
    missed: [],
    depth: 'all',
  } as unknown as Parameters<typeof placeHits>[1])
  return createMailStore({ ...emptyState, searches: { 'mail\nlabel:garden': found, 'mail\nplan': found } })
}

const told = (folder: string, id: string, flags: MessageSummary['flags']) => ({
  type: 'flags' as const,
  account: 0,
  folder,
  changes: [{ id, flags }],
})

const lists = (store: ReturnType<typeof begin>) =>
  Object.values(store.get().searches).map(({ listing }) => [listing.order.length, listing.freshness])

test('what loses the label leaves its list, and no other', () => {
  const store = begin()
  followLabels(store, told('archive', '9-2', noFlags))
  expect(lists(store)).toEqual([
    [1, 'fresh'],
    [2, 'fresh'],
  ])
})

test('for what gets the label the server is asked, unless it lies where the list does not look', () => {
  const store = begin()
  followLabels(store, told('trash', '4-1', garden))
  followLabels(store, told('inbox', '7-2', { ...garden, flagged: true }))
  expect(lists(store)[0]).toEqual([2, 'fresh'])
  followLabels(store, told('inbox', '7-3', garden))
  expect(lists(store)).toEqual([
    [2, 'stale'],
    [2, 'fresh'],
  ])
})
