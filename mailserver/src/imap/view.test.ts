import { expect, test } from 'vitest'
import type { MessageRow, StoreEvent } from '../store/contract'
import { View } from './view'

/** Of a row, the view of what arrives reads the UID only. */
const rows = (count: number, first = 1): MessageRow[] =>
  Array.from({ length: count }, (_, at) => ({ uid: first + at }) as MessageRow)

test('half a million messages that arrived at once, or bit by bit, are counted', () => {
  const many = 500_000
  const view = new View(1, 'INBOX', 'read-write', [])
  const come = (first: number): StoreEvent => ({
    type: 'exists',
    mailbox: 1,
    rows: rows(many, first),
    modSeq: 2,
  })
  view.note(come(1))
  view.note(come(many + 1))
  expect(view.arrive()).toHaveLength(2 * many)
  expect(view.numberOf(2 * many)).toBe(2 * many)
})
