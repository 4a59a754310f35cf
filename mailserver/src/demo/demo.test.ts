// The demo is the first mail anybody sees: full, varied, alive on any day, and the same for everybody.
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { compose, momentOf } from './compose'
import type { Letter, Resident } from './model'
import { residents } from './people'
import { pdf } from './pdf'
import { planDrawing } from './picture'
import { allLetters } from './seed'
import { xlsx } from './sheet'

const now = new Date('2026-11-21T08:00:00Z')
const letters = allLetters(now)
const context = { now, letters: new Map(letters.map((letter) => [letter.id, letter])) }
const involves = (letter: Letter, who: Resident) =>
  [letter.from, ...letter.to, ...(letter.cc ?? [])].some(
    ({ address }) => address === residents[who].address,
  ) || letter.alsoTo?.includes(who)

test.each(['alice', 'bob', 'carol'] as const)('%s has about eighty messages, some of them today', (who) => {
  const mine = letters.filter((letter) => involves(letter, who))
  expect(mine.length).toBeGreaterThanOrEqual(65)
  expect(mine.length).toBeLessThanOrEqual(120)
  const today = mine.filter((letter) => now.getTime() - momentOf(letter.when, now).getTime() < 86_400_000)
  expect(today.length).toBeGreaterThan(3)
})

test('ids are unique, nothing is from the future, answers come after what they answer', () => {
  expect(new Set(letters.map(({ id }) => id)).size).toBe(letters.length)
  for (const letter of letters) {
    expect(momentOf(letter.when, now).getTime(), letter.id).toBeLessThanOrEqual(now.getTime())
    const before = letter.answers && context.letters.get(letter.answers)
    if (before)
      expect(momentOf(letter.when, now).getTime(), letter.id).toBeGreaterThan(
        momentOf(before.when, now).getTime(),
      )
  }
})

test('every letter composes to CRLF lines, and to the same bytes twice', async () => {
  for (const letter of letters) {
    const bytes = await compose(letter, context)
    expect(bytes.toString('latin1').replace(/\r\n/g, ''), letter.id).not.toMatch(/[\r\n]/)
    expect(bytes.equals(await compose(letter, context)), letter.id).toBe(true)
    expect(bytes.toString('latin1'), letter.id).toMatch(/^Date: /m)
  }
})

test('the files are what their names say', () => {
  const sheet = xlsx('Levels', [['a', 1]])
  const listing = execFileSync(
    'python3',
    [
      '-c',
      'import sys,io,zipfile;z=zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()));print(z.testzip(), len(z.namelist()))',
    ],
    { input: sheet },
  )
  expect(listing.toString().trim()).toBe('None 5')
  expect(planDrawing().subarray(1, 4).toString()).toBe('PNG')
  const made = pdf('x', [[{ text: 'x', x: 10, y: 10 }]]).toString('latin1')
  const start = Number(/startxref\n(\d+)/.exec(made)?.[1])
  expect(made.slice(start, start + 4)).toBe('xref')
})
