import { expect, test } from 'vitest'
import type { MessageDetail, MessageSummary } from '@/lib/model/message'
import { emptyListing, placeWindow } from './listing'
import { createMail, windowFor } from './mail'
import { messageKey } from './state'

const at = (uid: number) => ({ account: 0, folder: 'inbox', message: `7-${uid}` })
const detail = (uid: number) => ({ id: `7-${uid}`, subject: `message ${uid}` }) as MessageDetail

test('what is opened again is the last to go when no more are kept', async () => {
  const mail = createMail()
  const bring = (uid: number) => mail.seed({ detail: { ...at(uid), detail: detail(uid) } })
  for (let uid = 1; uid <= 300; uid++) bring(uid)
  expect(await mail.openMessage(at(1))).toEqual(detail(1))
  bring(301)
  const { details } = mail.get()
  expect(details.size).toBe(300)
  expect([1, 2, 3].map((uid) => details.has(messageKey(at(uid))))).toEqual([true, false, true])
})

test('where one leaps to, the rows in view are asked for and no others; where one scrolls to, a page', () => {
  const rows = Array.from({ length: 60 }, (_, n) => ({ id: `7-${9000 - n}` }) as MessageSummary)
  const listing = placeWindow(emptyListing(), { uidvalidity: '7', total: 9000, offset: 0, rows })
  expect(windowFor(listing, { from: 4985, to: 5008 })).toEqual({ offset: 4980, limit: 40 })
  expect(windowFor(listing, { from: 60, to: 84 })).toEqual({ offset: 60, limit: 60 })
  expect(windowFor({ ...listing, freshness: 'stale' }, { from: 4985, to: 5008 })).toEqual({
    offset: 4980,
    limit: 60,
  })
  expect(windowFor(undefined, { from: 0, to: 60 })).toEqual({ offset: 0, limit: 60 })
})
