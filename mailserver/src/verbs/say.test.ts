import { afterEach, expect, test, vi } from 'vitest'
import { say } from './say'

afterEach(() => vi.restoreAllMocks())

// A reply of a foreign server is shown by mailq.
test('what a terminal would obey is shown and not obeyed, and a program gets it whole', () => {
  const written: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  const reply = '451 \u001b]0;owned\u0007 \u009b2J \u202etxt.exe Größe'
  say('table', { reply }, `(${reply})\n\tx@y.example`)
  say('json', { reply }, '')
  expect(written[0]).toBe('(451 ·]0;owned· ·2J ·txt.exe Größe)\n\tx@y.example\n')
  expect(written[1]).not.toMatch(/[\u001b\u0007\u009b\u202e]/)
  expect(JSON.parse(written[1] ?? '')).toEqual({ reply })
})
