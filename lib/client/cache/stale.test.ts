import { expect, test } from 'vitest'
import { emptyListing, placeWindow } from './listing'
import { staleAll, staleButInbox } from './stale'
import { emptyState } from './state'
import { createMailStore } from './store'

const begin = () => {
  const listing = placeWindow(emptyListing(), { uidvalidity: '7', total: 0, offset: 0, rows: [] })
  return createMailStore({ ...emptyState, listings: { '0/inbox': listing, '0/~cA': listing } })
}
const at = (folder: string) => ({ account: 0, folder })

test('when the server begins to tell, every list but the inbox is looked at once more, and an answer on its way asked again', () => {
  const store = begin()
  staleButInbox(store)
  const { listings } = store.get()
  expect([listings['0/inbox']?.freshness, listings['0/~cA']?.freshness]).toEqual(['fresh', 'stale'])
  expect([store.told(at('inbox')), store.told(at('~cA'))]).toEqual([0, 1])
})

test('after a break all are', () => {
  const store = begin()
  staleAll(store)
  expect(Object.values(store.get().listings).map(({ freshness }) => freshness)).toEqual(['stale', 'stale'])
})
