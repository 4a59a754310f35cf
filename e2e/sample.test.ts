import { expect, it } from 'vitest'
import { leftOut } from './sample'

const stories = ['sign-in', 'read', 'write', 'keyboard', 'phone', 'act', 'files', 'list', 'rich', 'view']

it('leaves out nothing without a seed, and never what a person does first', () => {
  expect(leftOut(stories, undefined)).toEqual([])
  for (let seed = 0; seed < 50; seed++) {
    const out = leftOut(stories, String(seed))
    expect(out).toHaveLength(2)
    expect(stories.slice(5)).toEqual(expect.arrayContaining(out))
  }
})

it('is the same for the same seed, in every process, and leaves each one out at times', () => {
  expect(leftOut(stories, '7')).toEqual(leftOut(stories, '7'))
  const out = new Set(Array.from({ length: 50 }, (_, seed) => leftOut(stories, String(seed))).flat())
  expect([...out].sort()).toEqual(stories.slice(5).sort())
})
