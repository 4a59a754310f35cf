import { expect, test } from 'vitest'
import { withItem, withItemAt } from './items'

const item = (id: string, name = id) => ({ id, name })

test('a changed one keeps its place, a new one comes last', () => {
  expect(withItem([item('a'), item('b')], item('a', 'new'))).toEqual([item('a', 'new'), item('b')])
  expect(withItem([item('a')], item('b'))).toEqual([item('a'), item('b')])
})

test('one that comes back leaves what was added or changed meanwhile', () => {
  const meanwhile = [item('a', 'changed'), item('c'), item('added')]
  expect(withItemAt(meanwhile, item('b'), 1)).toEqual([
    item('a', 'changed'),
    item('b'),
    item('c'),
    item('added'),
  ])
  expect(withItemAt([], item('b'), 1)).toEqual([item('b')])
  expect(withItemAt([item('a'), item('b')], item('b'), 0)).toEqual([item('b'), item('a')])
})
