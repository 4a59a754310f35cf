import { expect, it } from 'vitest'
import { partsOf } from './signal'

it('several parts are the same object until one of them changes', () => {
  const select = partsOf<{ to: string[]; subject: string; saved: number }, 'to' | 'subject'>([
    'to',
    'subject',
  ])
  const state = { to: ['bob'], subject: 'Re', saved: 0 }
  const first = select(state)
  expect(first).toEqual({ to: ['bob'], subject: 'Re' })
  expect(select({ ...state, saved: 1 })).toBe(first)
  const second = select({ ...state, subject: 'Re: it' })
  expect(second).toEqual({ to: ['bob'], subject: 'Re: it' })
  expect(select({ ...state, subject: 'Re: it', saved: 2 })).toBe(second)
})
