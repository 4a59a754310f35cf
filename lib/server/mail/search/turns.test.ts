import { afterEach, expect, it, vi } from 'vitest'
import type { Account } from '../account'
import { inTurn, isStuck } from './turns'

afterEach(() => void vi.useRealTimers())

const alice = { key: 'alice' } as Account
const open = () => new AbortController()

/** Pieces that are answered when the test says so. */
const asker = () => {
  const asked: string[] = []
  const answers: (() => void)[] = []
  const ask = (folder: string, { signal } = open()) =>
    inTurn(alice, { folder, signal }, () => {
      asked.push(folder)
      return new Promise<void>((done) => answers.push(done))
    })
  return { asked, answers, ask }
}

it('two pieces at a time, whichever search they are of, given up or not', async () => {
  const { asked, answers, ask } = asker()
  const [first, second] = [open(), open()]
  const all = [ask('inbox', first), ask('sent', first), ask('old', first), ask('inbox', second)]
  const refused = expect(all[2]).rejects.toThrow('server-slow')
  first.abort()
  await refused
  await vi.waitFor(() => expect(asked).toEqual(['inbox', 'sent']))
  answers[0]?.()
  await vi.waitFor(() => expect(asked).toEqual(['inbox', 'sent', 'inbox']))
  answers.forEach((answer) => answer())
  await Promise.all([all[0], all[1], all[3]])
})

it('a folder that does not answer is known as long as it does not', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const { answers, ask } = asker()
  const search = open()
  const hung = ask('slow', search)
  search.abort()
  expect(isStuck(alice, 'slow')).toBe(false)
  vi.advanceTimersByTime(6000)
  expect([isStuck(alice, 'slow'), isStuck(alice, 'other')]).toEqual([true, false])
  answers[0]?.()
  await hung
  expect(isStuck(alice, 'slow')).toBe(false)
})
