import { expect, test } from 'vitest'
import type { MessageDetail } from '@/lib/model/message'
import { createMail } from './mail'
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
