import { expect, test } from 'vitest'
import type { MessageWindow } from '@/lib/model/message'
import { wholeWindow } from './whole-window'

const windows = (...counts: [rows: number, total: number][]) => {
  let asked = 0
  const ask = async () => {
    const [rows, total] = counts[Math.min(asked, counts.length - 1)] ?? [0, 0]
    asked += 1
    return { rows: Array.from({ length: rows }), total } as unknown as MessageWindow
  }
  return { ask, times: () => asked }
}
const at = { offset: 60, limit: 60 }
const atOnce = async () => undefined

test('a whole window is asked for once, the short last one of a mailbox too', async () => {
  const whole = windows([60, 500])
  expect((await wholeWindow(at, whole.ask, atOnce)).rows).toHaveLength(60)
  expect(whole.times()).toBe(1)
  const last = windows([12, 72])
  expect((await wholeWindow(at, last.ask, atOnce)).rows).toHaveLength(12)
  expect(last.times()).toBe(1)
})

test('rows that left meanwhile are waited for, until the numbers hold again', async () => {
  const { ask, times } = windows([58, 500], [59, 500], [60, 498])
  expect((await wholeWindow(at, ask, atOnce)).total).toBe(498)
  expect(times()).toBe(3)
})

test('numbers that never hold end as a problem, not as questions without end', async () => {
  const { ask, times } = windows([0, 500])
  await expect(wholeWindow(at, ask, atOnce)).rejects.toMatchObject({ code: 'mailbox-changed' })
  expect(times()).toBe(4)
})
