import { expect, it } from 'vitest'
import { takenOver } from './lineage'

it('two tabs that go on with the same words are two writers, and neither takes more than what was left', () => {
  const left = { key: 'draft-key', writer: 'crashed-tab', count: 7, before: { writer: 'earlier', count: 3 } }
  const [one, other] = ['first-tab', 'second-tab'].map((id) => takenOver(id, left))
  expect(one).toEqual({ key: 'draft-key', writer: 'first-tab', before: { writer: 'crashed-tab', count: 7 } })
  expect(other?.writer).toBe('second-tab')
})
