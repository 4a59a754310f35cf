import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createAutosave, type AutosaveState } from './autosave'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const set = (save: (text: string) => Promise<void>, isHeavy = () => false) => {
  const text = { now: '' }
  const kept: string[] = []
  const states: AutosaveState[] = []
  const autosave = createAutosave<string>({
    read: () => text.now,
    keep: (content, state) => kept.push(`${content}:${state}`),
    save,
    told: (state) => states.push(state),
    isHeavy,
  })
  const write = (next: string) => {
    text.now = next
    autosave.changed()
  }
  return { write, kept, states, autosave }
}

it('keeps at a pause and saves soon after', async () => {
  const saved: string[] = []
  const { write, kept, states } = set(async (text) => void saved.push(text))
  write('a')
  write('ab')
  await vi.advanceTimersByTimeAsync(450)
  expect([kept, saved]).toEqual([['ab:unsaved'], []])
  await vi.advanceTimersByTimeAsync(2000)
  expect([kept, saved]).toEqual([['ab:unsaved', 'ab:saved'], ['ab']])
  expect(states.at(-1)).toBe('saved')
})

it('waits no longer because the clock is set back meanwhile', async () => {
  const saved: string[] = []
  const { write, kept } = set(async (text) => void saved.push(text))
  write('a')
  vi.setSystemTime(Date.now() - 3_600_000)
  await vi.advanceTimersByTimeAsync(3000)
  expect([kept[0], saved]).toEqual(['a:unsaved', ['a']])
})

it('saves within five seconds of steady typing', async () => {
  const saved: string[] = []
  const { write, kept } = set(async (text) => void saved.push(text))
  for (let i = 0; i < 55; i++) {
    write('x'.repeat(i))
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(saved).toHaveLength(1)
  expect(kept.length).toBeGreaterThanOrEqual(2)
})

it('saves what is large once a minute, and when it is closed, but keeps it at every pause', async () => {
  const saved: string[] = []
  const { write, kept, autosave } = set(
    async (text) => void saved.push(text),
    () => true,
  )
  write('large')
  await vi.advanceTimersByTimeAsync(50_000)
  expect([kept, saved]).toEqual([['large:unsaved'], []])
  write('larger')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(saved).toEqual(['larger'])
  write('closed')
  await autosave.flush()
  expect(saved).toEqual(['larger', 'closed'])
})

it('saves what was written during a save, and never two at once', async () => {
  const saved: string[] = []
  let running = 0
  const { write, autosave } = set(async (text) => {
    expect(++running).toBe(1)
    await new Promise((done) => setTimeout(done, 3000))
    running--
    saved.push(text)
  })
  write('a')
  void autosave.flush()
  write('ab')
  const last = autosave.flush()
  await vi.advanceTimersByTimeAsync(7000)
  expect(await last).toBe('saved')
  expect(saved).toEqual(['a', 'ab'])
  expect(autosave.isClean()).toBe(true)
})

it('says that it failed, and tries again by itself', async () => {
  let refuse = true
  const { write, states, autosave } = set(async () => {
    if (refuse) throw new Error('no network')
  })
  write('a')
  await vi.advanceTimersByTimeAsync(2100)
  expect(states.at(-1)).toBe('failed')
  expect(autosave.isClean()).toBe(false)
  refuse = false
  await vi.advanceTimersByTimeAsync(10_100)
  expect(states.at(-1)).toBe('saved')
})

it('holds after the save that is under way, and goes on with what was written meanwhile', async () => {
  const saved: string[] = []
  const { write, autosave } = set(async (text) => {
    await new Promise((done) => setTimeout(done, 500))
    saved.push(text)
  })
  write('a')
  void autosave.flush()
  const held = autosave.hold()
  write('ab')
  await vi.advanceTimersByTimeAsync(20_000)
  await held
  expect(saved).toEqual(['a'])
  autosave.resume()
  await vi.advanceTimersByTimeAsync(3000)
  expect(saved).toEqual(['a', 'ab'])
})
