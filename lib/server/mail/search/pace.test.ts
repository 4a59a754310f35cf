import { expect, it } from 'vitest'
import type { Query } from '@/lib/model/search'
import type { Account } from '../account'
import { paceOf } from './pace'

const who = { key: 'pace' } as Account
const subject: Query = { kind: 'field', field: 'subject', text: 'tea' }
const tea: Query = { kind: 'text', text: 'tea' }
const word: Query = { kind: 'and', of: [tea, { kind: 'not', of: tea }] }

it('asks at once for what a server was last seen to look through in a moment, for words of bodies apart', () => {
  expect(paceOf(who, subject).whole).toBe(2000)
  paceOf(who, subject).measured(100_000, 200)
  expect(paceOf(who, subject).whole).toBe(75_000)
  expect(paceOf(who, word).whole).toBe(2000)
  paceOf(who, subject).measured(10_000, 1000)
  expect(paceOf(who, subject).whole).toBe(2000)
})

it('learns nothing of few messages', () => {
  paceOf(who, word).measured(1000, 1)
  expect(paceOf(who, word).whole).toBe(2000)
})

it('learns nothing of bodies where few had to be read, and slowness where no answer came', () => {
  paceOf(who, { kind: 'and', of: [tea, { kind: 'is', state: 'unread' }] }).measured(100_000, 40)
  expect(paceOf(who, tea).whole).toBe(2000)
  paceOf(who, tea).measured(100_000, 40)
  expect(paceOf(who, tea).whole).toBe(375_000)
  paceOf(who, tea).measured(200_000, Infinity)
  expect(paceOf(who, tea).whole).toBe(2000)
})

it('does not take the way there and the index for slowness with messages', () => {
  const whole = (...measured: [messages: number, took: number][]) => {
    for (const [messages, took] of measured) paceOf({ key: 'index' } as Account, tea).measured(messages, took)
    return paceOf({ key: 'index' } as Account, tea).whole
  }
  expect(whole([100_000, 50])).toBe(300_000)
  // As slow as one of twenty thousand is, one of a hundred thousand would be.
  expect(whole([20_000, 45])).toBe(300_000)
  expect(whole([20_000, 60])).toBe(50_000)
  expect(whole([10_000, 10])).toBe(150_000)
})

it('begins a folder that is more than a moment’s work with what is a third of a moment’s', () => {
  const slow = { key: 'slow' } as Account
  expect(paceOf(slow, subject).first).toBe(1000)
  paceOf(slow, subject).measured(100_000, 250)
  expect(paceOf(slow, subject)).toMatchObject({ whole: 60_000, first: 20_000, piece: 100, alone: Infinity })
})
