import { expect, test } from 'vitest'
import { createBoards, type Stage } from './boards'

const watched = () => {
  const seen: Stage[] = []
  return { seen, hand: (stage: Stage) => void seen.push(stage) }
}

test('each hand is told when it comes, and when its message is shown or left', () => {
  const boards = createBoards('one')
  const [one, two] = [watched(), watched()]
  boards.join('one', one.hand)
  boards.join('two', two.hand)
  boards.show('two')
  boards.show('two')
  expect([one.seen, two.seen]).toEqual([
    ['shown', 'prepared'],
    ['prepared', 'shown'],
  ])
  expect(boards.shown()).toBe('two')
})

test('a message gone to before anybody had a hand in it is shown when it comes', () => {
  const boards = createBoards('one')
  const two = watched()
  boards.show('two')
  boards.join('two', two.hand)
  expect(two.seen).toEqual(['shown'])
})

test('who lets go finds everything as React made it, and is told nothing more', () => {
  const boards = createBoards('one')
  const two = watched()
  const leave = boards.join('two', two.hand)
  leave()
  boards.show('two')
  expect(two.seen).toEqual(['prepared', 'shown'])
})

test('one that comes again with another hand keeps the others', () => {
  const boards = createBoards('one')
  const [first, second] = [watched(), watched()]
  const leave = boards.join('two', first.hand)
  boards.join('two', second.hand)
  leave()
  boards.show('two')
  expect(second.seen).toEqual(['prepared', 'shown'])
})

test('what stands there with its text is known until it goes', () => {
  const boards = createBoards('one')
  const gone = boards.drawn('two')
  expect([boards.isDrawn('one'), boards.isDrawn('two')]).toEqual([false, true])
  gone()
  expect(boards.isDrawn('two')).toBe(false)
})
