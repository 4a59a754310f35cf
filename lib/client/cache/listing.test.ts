import { expect, test } from 'vitest'
import { noFlags } from '@/lib/model/no-flags'
import type { MessageSummary } from '@/lib/model/message'
import { emptyListing, placeWindow, removeIds } from './listing'

const many = 100_000
const idOf = (uid: number) => `7-${uid}`
const rowOf = (uid: number): MessageSummary => ({
  id: idOf(uid),
  from: [],
  to: [],
  subject: '',
  preview: '',
  date: '',
  size: 0,
  flags: noFlags,
  attachments: [],
})
/** Newest first: the row at `place` is the message `many - place`. */
const windowAt = (offset: number) => ({
  uidvalidity: '7',
  total: many,
  offset,
  rows: Array.from({ length: 60 }, (_, at) => rowOf(many - offset - at)),
})
const listed = [0, 50_000].reduce((one, offset) => placeWindow(one, windowAt(offset)), emptyListing())

test('thousands that leave unseen close their holes and move nothing else', () => {
  const start = performance.now()
  let listing = listed
  // From the oldest on, as the server does it to all of them.
  for (let uid = 1; uid <= 20_000; uid += 500) {
    const ids = Array.from({ length: 500 }, (_, at) => idOf(uid + at))
    listing = removeIds(listing, ids, many - uid - 499)
  }
  expect(listing.freshness).toBe('fresh')
  expect(listing.order).toHaveLength(80_000)
  expect(listing.order[0]).toBe(idOf(many))
  expect(listing.order[50_000]).toBe(idOf(50_000))
  expect(performance.now() - start).toBeLessThan(15_000)
}, 60_000)

test('one that leaves between known rows takes the hole of its place', () => {
  const listing = removeIds(listed, [idOf(70_000), idOf(60_000), idOf(10)], many - 3)
  expect(listing.order).toHaveLength(many - 3)
  expect(listing.order.indexOf(idOf(50_000))).toBe(49_998)
  expect(listing.order.indexOf(idOf(many))).toBe(0)
})
