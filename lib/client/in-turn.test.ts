import { expect, test } from 'vitest'
import { inTurn } from './in-turn'

const held = () => {
  let reject: (why: Error) => void = () => undefined
  const promise = new Promise<void>((_, refuse) => (reject = refuse))
  return { promise, reject }
}

test('what was said last of a message is asked last, and other messages do not wait', async () => {
  const asked: string[] = []
  const first = held()
  const ask =
    (name: string, until: Promise<void> = Promise.resolve()) =>
    () => {
      asked.push(name)
      return until
    }
  const one = inTurn(['a', 'b'], ask('read', first.promise))
  const two = inTurn(['b', 'c'], ask('unread'))
  const three = inTurn(['c'], ask('star'))
  await inTurn(['d'], ask('other'))
  expect(asked).toEqual(['read', 'other'])
  // Refused, it is over as well.
  first.reject(new Error('refused'))
  await expect(one).rejects.toThrow('refused')
  await Promise.all([two, three])
  expect(asked).toEqual(['read', 'other', 'unread', 'star'])
})

test('where nothing is waited for, the request leaves at once', () => {
  const asked: string[] = []
  void inTurn(['e'], () => {
    asked.push('read')
    return Promise.resolve()
  })
  expect(asked).toEqual(['read'])
})
