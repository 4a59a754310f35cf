import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest'
import { everythingSettled, forgetAllDrafts, keptFromLoss, saveAllDrafts, somethingUnderway } from './drafts'
import type { Underway } from './drafts'
import { keepDraft, type KeptDraft } from './kept-drafts'

const draft = { html: '', text: '' } as KeptDraft['draft']
const kept = (state: KeptDraft['state']): KeptDraft => ({ id: 'letter', savedAt: 0, state, draft })

const stored = new Map<string, string>()
const localStorage = {
  get length() {
    return stored.size
  },
  key: (at: number) => [...stored.keys()][at] ?? null,
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
  removeItem: (key: string) => void stored.delete(key),
}

beforeEach(() => vi.stubGlobal('window', { localStorage }))
// Who was signed out stays so.
afterAll(() => vi.resetModules())
afterEach(() => {
  vi.unstubAllGlobals()
  stored.clear()
})

it('says that nothing was kept where there is no storage, or it is full', () => {
  expect(keepDraft('alice@posthorn.test', kept('unsaved'))).toBe('kept')
  const full = () => {
    throw new Error('QuotaExceededError')
  }
  vi.stubGlobal('window', { localStorage: { setItem: full } })
  expect(keepDraft('alice@posthorn.test', kept('unsaved'))).toBe('not-kept')
  vi.stubGlobal('window', {})
  expect(keepDraft('alice@posthorn.test', kept('unsaved'))).toBe('not-kept')
})

const idle: Underway = { is: () => false, settled: async () => 'settled' }

it('before the browser’s copy is erased every open letter is saved, or it is said which is not', async () => {
  const flush = vi.fn(async () => 'saved' as const)
  const done = keptFromLoss('open', { flush, underway: idle })
  expect(await saveAllDrafts('alice@posthorn.test')).toBe('saved')
  expect(flush).toHaveBeenCalledOnce()
  const failed = keptFromLoss('failing', { flush: async () => 'failed', underway: idle })
  expect(await saveAllDrafts('alice@posthorn.test')).toBe('some-here-only')
  failed()
  done()
  expect(await saveAllDrafts('alice@posthorn.test')).toBe('saved')
  // Another tab's, or one that a crash left.
  keepDraft('alice@posthorn.test', kept('unsaved'))
  expect(await saveAllDrafts('alice@posthorn.test')).toBe('some-here-only')
})

it('a Send that waits comes before the end of the page, and one that stays is told of', async () => {
  const waiting = { is: 'underway', end: (_: 'settled' | 'stays'): void => undefined }
  const flush = vi.fn(async () => 'saved' as const)
  const underway: Underway = {
    is: () => waiting.is === 'underway',
    settled: () => new Promise((resolve) => (waiting.end = resolve)),
  }
  const done = keptFromLoss('open', { flush, underway })
  const order: string[] = []
  const saved = saveAllDrafts('alice@posthorn.test').then(() => order.push('saved'))
  // The words are safe before that.
  await vi.waitFor(() => expect(flush).toHaveBeenCalledOnce())
  await vi.waitFor(() => waiting.end('settled'))
  waiting.is = 'left'
  order.push('left')
  await saved
  expect(order).toEqual(['left', 'saved'])

  waiting.is = 'underway'
  expect(somethingUnderway()).toBe(true)
  const settled = everythingSettled()
  waiting.end('stays')
  expect(await settled).toBe('stays')
  done()
  expect([somethingUnderway(), await everythingSettled()]).toEqual([false, 'settled'])
})

it('after the sign-out nothing is kept any more, and no open letter is asked about', () => {
  keepDraft('alice@posthorn.test', kept('unsaved'))
  keptFromLoss('open', { flush: async () => 'saved', underway: { ...idle, is: () => true } })
  forgetAllDrafts()
  expect(keepDraft('alice@posthorn.test', kept('unsaved'))).toBe('not-kept')
  expect([stored.size, somethingUnderway()]).toEqual([0, false])
})
