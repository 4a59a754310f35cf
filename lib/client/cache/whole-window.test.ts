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
  expect((await wholeWindow(at, whole.ask, { wait: atOnce })).rows).toHaveLength(60)
  expect(whole.times()).toBe(1)
  const last = windows([12, 72])
  expect((await wholeWindow(at, last.ask, { wait: atOnce })).rows).toHaveLength(12)
  expect(last.times()).toBe(1)
})

test('rows that left meanwhile are waited for, until the numbers hold again', async () => {
  const { ask, times } = windows([58, 500], [59, 500], [60, 498])
  expect((await wholeWindow(at, ask, { wait: atOnce })).total).toBe(498)
  expect(times()).toBe(3)
})

test('numbers that never hold end as a problem, not as questions without end', async () => {
  const { ask, times } = windows([0, 500])
  await expect(wholeWindow(at, ask, { wait: atOnce })).rejects.toMatchObject({ code: 'mailbox-changed' })
  expect(times()).toBe(4)
})

test('a window that is older than what was told meanwhile is asked for again', async () => {
  const { ask, times } = windows([0, 0], [1, 1])
  let facts = 0
  const overtaken = async () => {
    const window = await ask()
    if (times() === 1) facts += 1
    return window
  }
  const first = { offset: 0, limit: 60 }
  expect((await wholeWindow(first, overtaken, { told: () => facts, wait: atOnce })).total).toBe(1)
  expect(times()).toBe(2)
})

test('a folder that is told of all the time is shown as it came', async () => {
  const { ask, times } = windows([60, 500])
  let facts = 0
  const told = () => (facts += 1)
  expect((await wholeWindow(at, ask, { told, wait: atOnce })).total).toBe(500)
  expect(times()).toBe(4)
})
