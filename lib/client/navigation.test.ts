import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { navigation } from './navigation'

// A window with an address and a history, and frames that are painted when the test says so.

const inbox = '/mail/0/inbox'
let entries: string[] = []
let at = 0
const frames = new Map<number, () => void>()
let frameCount = 0
let heard: Record<string, (() => void)[]> = {}
const told: string[] = []
let leave: (() => void)[] = []

const happens = (name: string): void => heard[name]?.forEach((listener) => listener())
const paint = (): void => {
  const due = [...frames.values()]
  frames.clear()
  for (const frame of due) frame()
  vi.runOnlyPendingTimers()
}
const back = (): void => {
  at -= 1
  happens('popstate')
}
const address = (): string => entries[at] ?? ''

beforeEach(() => {
  vi.useFakeTimers()
  ;[entries, at, heard] = [[inbox], 0, {}]
  frames.clear()
  told.length = 0
  vi.stubGlobal('window', {
    location: {
      get pathname() {
        return address()
      },
      search: '',
      assign: (path: string) => told.push(`left for ${path}`),
    },
    history: {
      pushState: (_: null, __: string, path: string) => {
        entries = [...entries.slice(0, at + 1), path]
        at += 1
      },
      replaceState: (_: null, __: string, path: string) => void (entries[at] = path),
    },
    addEventListener: (name: string, listener: () => void) => void (heard[name] ??= []).push(listener),
    removeEventListener: (name: string) => void delete heard[name],
    setTimeout: (run: () => void, after?: number) => setTimeout(run, after),
  })
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => {
    frames.set(++frameCount, frame)
    return frameCount
  })
  vi.stubGlobal('cancelAnimationFrame', (handle: number) => void frames.delete(handle))
  leave = [
    navigation.subscribe(() => told.push(navigation.path())),
    navigation.stagehand((place) => (place.message?.startsWith('1-') ? 'shown' : 'not here')),
  ]
})
afterEach(() => {
  paint()
  for (const end of leave) end()
  vi.useRealTimers()
})

it('writes the address, and tells of it, when what stood ready was painted; who asks hears it at once', () => {
  navigation.go(`${inbox}/1-2`, 'replace')
  expect([navigation.path(), address(), told]).toEqual([`${inbox}/1-2`, inbox, []])
  paint()
  expect([address(), told]).toEqual([`${inbox}/1-2`, [`${inbox}/1-2`]])
})

it('writes at once what nobody has ready', () => {
  navigation.go(`${inbox}/2-9`)
  expect([entries, told]).toEqual([[inbox, `${inbox}/2-9`], [`${inbox}/2-9`]])
})

it('of several within one frame writes the last, and tells everybody once', () => {
  const others: string[] = []
  navigation.go(`${inbox}/1-2`, 'push', () => others.push('first'))
  navigation.go(`${inbox}/1-3`, 'replace', () => others.push('second'))
  navigation.go(`${inbox}/1-4`, 'replace', () => others.push('third'))
  paint()
  paint()
  expect(entries).toEqual([inbox, `${inbox}/1-4`])
  expect([told, others]).toEqual([[`${inbox}/1-4`], ['first', 'second', 'third']])
})

it('lets a click find where one is', () => {
  navigation.go(`${inbox}/1-2`, 'replace')
  happens('click')
  expect(address()).toBe(`${inbox}/1-2`)
  paint()
  expect(told).toEqual([`${inbox}/1-2`])
})

it('goes nowhere any more where the browser went back meanwhile', () => {
  navigation.go(`${inbox}/2-9`)
  navigation.go(`${inbox}/1-3`, 'replace')
  back()
  expect([address(), navigation.path(), told.at(-1)]).toEqual([inbox, inbox, inbox])
  paint()
  expect([address(), entries]).toEqual([inbox, [inbox, `${inbox}/2-9`]])
})

it('writes over no address that somebody else has written', () => {
  navigation.go(`${inbox}/1-2`, 'replace')
  entries.push('/settings')
  at = 1
  paint()
  expect([address(), entries]).toEqual(['/settings', [inbox, '/settings']])
})

it('comes in a tab that paints no frame, too', () => {
  navigation.go(`${inbox}/1-2`, 'replace')
  vi.advanceTimersByTime(250)
  expect(address()).toBe(`${inbox}/1-2`)
})
