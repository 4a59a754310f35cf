import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eraseDrafts, forgetDraft, keepDraft, type KeptDraft, unsavedDrafts } from './kept-drafts'
import { longText } from './kept-text'

const alice = 'alice@posthorn.test'
const history = 'On Monday, Person wrote "this". '.repeat(7000)

const stored = new Map<string, string>()
let writes: number[] = []
/** After these the tab is dead. */
let writesLeft = Infinity
/** In letters. */
let room = Infinity
const localStorage = {
  get length() {
    return stored.size
  },
  key: (at: number) => [...stored.keys()][at] ?? null,
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => {
    const others = [...stored].reduce((sum, [one, { length }]) => sum + (one === key ? 0 : length), 0)
    if (others + value.length > room) throw new Error('QuotaExceededError')
    if (writesLeft-- <= 0) throw new Error('dead')
    writes.push(value.length)
    stored.set(key, value)
  },
  removeItem: (key: string) => void (writesLeft > 0 && stored.delete(key)),
}

beforeEach(() => vi.stubGlobal('window', { localStorage }))
// Who was signed out stays so.
afterAll(() => vi.resetModules())
afterEach(() => {
  vi.unstubAllGlobals()
  stored.clear()
  writes = []
  writesLeft = Infinity
  room = Infinity
})

const keep = (words: string, more: Partial<KeptDraft> = {}) =>
  keepDraft(alice, {
    id: 'letter',
    savedAt: 1,
    state: 'unsaved',
    draft: {
      subject: 'Re',
      html: `<p>${words}</p>${history}`,
      text: `${words}\n> ${history}`,
    } as KeptDraft['draft'],
    ...more,
  })
const found = () => unsavedDrafts(alice).map(({ draft }) => draft)
const asWritten = (words: string) => ({
  subject: 'Re',
  html: `<p>${words}</p>${history}`,
  text: `${words}\n> ${history}`,
})

it('writes a long history once, and gives back all of it at every pause', () => {
  const words = ['', 'D', 'Dear Bob', 'Dear Bob, at "four"? 😀', 'Bob']
  for (const said of words) {
    expect(keep(said)).toBe('kept')
    expect(found()).toEqual([asWritten(said)])
  }
  expect(writes.filter((length) => length > longText)).toHaveLength(2)
  expect(Math.max(...writes.slice(3))).toBeLessThan(400)
  forgetDraft(alice, 'letter')
  expect(stored.size).toBe(0)
})

it('is whole after each single write, whichever is the last of a tab', () => {
  keep('first')
  const other = 'Another text. '.repeat(3000)
  for (const after of [0, 1, 2]) {
    writesLeft = after
    expect(keep(`${after} ${other}`)).toBe('not-kept')
    expect(found()).toEqual([asWritten('first')])
  }
  writesLeft = Infinity
  expect(keep(other)).toBe('kept')
  expect(found()).toEqual([asWritten(other)])
  expect(stored.size).toBe(3)
})

it('what does not fit any more leaves what did', () => {
  keep('first')
  room = history.length * 2.5
  expect(keep(history)).toBe('not-kept')
  expect(found()).toEqual([asWritten('first')])
  expect(keep('second')).toBe('kept')
  expect(found()).toEqual([asWritten('second')])
})

it('what another page wrote of it is left as it was, where this one finds no room', async () => {
  keep('first')
  vi.resetModules()
  const page = await import('./kept-drafts')
  room = history.length * 2.5
  const draft = { subject: 'Re', html: 'x'.repeat(longText * 9), text: '' } as KeptDraft['draft']
  expect(page.keepDraft(alice, { id: 'letter', savedAt: 2, state: 'unsaved', draft })).toBe('not-kept')
  expect(found()).toEqual([asWritten('first')])
})

it('is not offered where its base is gone: what is left would stand in the place of the whole', () => {
  keep('first')
  keep('second')
  for (const key of [...stored.keys()].filter((key) => key.includes('letter:'))) stored.delete(key)
  expect(found()).toEqual([])
})

it('is written anew where another tab has erased it', () => {
  keep('first')
  for (const key of [...stored.keys()].filter((key) => key.includes('letter:'))) stored.delete(key)
  keep('second')
  expect(found()).toEqual([asWritten('second')])
})

it('offers what an older page has kept, and is no draft to it', async () => {
  const old = { id: 'old', savedAt: 0, state: 'unsaved', draft: asWritten('old') }
  stored.set(`posthorn:draft:${alice}:old`, JSON.stringify(old))
  keep('new')
  expect(unsavedDrafts(alice).map(({ id, draft }) => [id, draft])).toEqual([
    ['old', asWritten('old')],
    ['letter', asWritten('new')],
  ])
  // As those read it.
  const seen = [...stored.values()].filter((text) => text.startsWith('{') && JSON.parse(text).draft)
  expect(seen).toEqual([JSON.stringify(old)])
})

it('what the server has is not offered, nor what is somebody else’s', () => {
  keep('saved', { state: 'saved' })
  expect(found()).toEqual([])
  keep('unsaved')
  expect(unsavedDrafts('bob@posthorn.test')).toEqual([])
  expect(found()).toHaveLength(1)
})

it('erased is all of it, and nothing is kept after that', () => {
  keep('first')
  eraseDrafts()
  expect([stored.size, keep('second'), stored.size]).toEqual([0, 'not-kept', 0])
})
