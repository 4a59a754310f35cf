import { expect, test } from 'vitest'
import { emptyForm, formOf, quoted, textOf } from './form'
import { parseSearch } from './parse'
import type { Query } from './query'

test('each operator has its field, what has none stays among the words', () => {
  expect(
    formOf('from:ada to:"Bob B." subject:tea has:attachment is:unread larger:5m garden -chairs'),
  ).toEqual({
    ...emptyForm,
    from: 'ada',
    to: 'Bob B.',
    subject: 'tea',
    has: 'attachment',
    is: 'unread',
    larger: '5m',
    words: 'garden',
    without: 'chairs',
  })
  expect(formOf('from:a from:b').words).toBe('from:b')
  expect(formOf('a OR (b -c)').words).toBe('a OR (b -c)')
  expect(formOf('-from:bob in:work').words).toBe('-from:bob in:work')
})

test('a form writes operators', () => {
  const form = {
    ...emptyForm,
    from: 'Ada Lovelace',
    before: '2026-03-31',
    words: 'tea',
    without: 'milk "cold water"',
  }
  expect(textOf(form)).toBe('from:"Ada Lovelace" before:2026-03-31 tea -milk -"cold water"')
  expect(textOf(emptyForm)).toBe('')
  expect(quoted('say "cheese"')).toBe('“say "cheese"”')
})

/** What stands side by side means the same in any order. */
const sorted = (query: Query): string =>
  JSON.stringify(query.kind === 'and' ? query.of.map((one) => JSON.stringify(one)).sort() : query)

test.each([
  '',
  'tea',
  '"a phrase" other',
  'from:ada -subject:engine',
  'a OR b c',
  '(a OR b) -c',
  'subject:“say "cheese"”',
  'from:a from:b list:talk.example older_than:2w',
  '-"not this" -nor -from:them is:read',
  'filename:"notes (1).pdf" smaller:2m cc:x bcc:y body:z label:todo newer_than:1y after:2026',
])('read and written again, %s means the same', (typed) => {
  const before = parseSearch(typed)
  const after = parseSearch(textOf(formOf(typed)))
  if (!before.ok || !after.ok) throw new Error('not understood')
  expect(sorted(after.query)).toBe(sorted(before.query))
})
