import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepDraft, saveAllDrafts, savedBySignOut, type KeptDraft } from './drafts'

const draft = {} as KeptDraft['draft']
const kept = (state: KeptDraft['state']): KeptDraft => ({ id: 'letter', savedAt: 0, state, draft })

const stored = new Map<string, string>()
const localStorage = {
  get length() {
    return stored.size
  },
  key: (at: number) => [...stored.keys()][at] ?? null,
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
}

beforeEach(() => vi.stubGlobal('window', { localStorage }))
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

it('before the browser’s copy is erased every open letter is saved, or it is said which is not', async () => {
  const flush = vi.fn(async () => 'saved' as const)
  const done = savedBySignOut('open', flush)
  expect(await saveAllDrafts('alice@posthorn.test')).toBe('saved')
  expect(flush).toHaveBeenCalledOnce()
  const failed = savedBySignOut('failing', async () => 'failed')
  expect(await saveAllDrafts('alice@posthorn.test')).toBe('some-here-only')
  failed()
  done()
  expect(await saveAllDrafts('alice@posthorn.test')).toBe('saved')
  // Another tab's, or one that a crash left.
  keepDraft('alice@posthorn.test', kept('unsaved'))
  expect(await saveAllDrafts('alice@posthorn.test')).toBe('some-here-only')
})
