import { expect, test } from 'vitest'
import { parseSearch } from './parse'
import type { Query, SearchProblem } from './query'

const text = (value: string): Query => ({ kind: 'text', text: value })
const field = (name: 'from' | 'to' | 'subject', value: string): Query => ({
  kind: 'field',
  field: name,
  text: value,
})

const understood: [string, Query][] = [
  ['', { kind: 'all' }],
  ['  ', { kind: 'all' }],
  ['tunnel', text('tunnel')],
  ['tunnel survey', { kind: 'and', of: [text('tunnel'), text('survey')] }],
  ['"tunnel survey"', text('tunnel survey')],
  ['“tunnel survey”', text('tunnel survey')],
  ['from:ingrid', field('from', 'ingrid')],
  ['FROM:"Ingrid Solheim"', field('from', 'Ingrid Solheim')],
  ['from:a OR from:b', { kind: 'or', of: [field('from', 'a'), field('from', 'b')] }],
  ['a b OR c', { kind: 'or', of: [{ kind: 'and', of: [text('a'), text('b')] }, text('c')] }],
  ['a (b OR c)', { kind: 'and', of: [text('a'), { kind: 'or', of: [text('b'), text('c')] }] }],
  ['-draft', { kind: 'not', of: text('draft') }],
  ['-from:bob', { kind: 'not', of: field('from', 'bob') }],
  ['-(a OR b)', { kind: 'not', of: { kind: 'or', of: [text('a'), text('b')] } }],
  ['well-known', text('well-known')],
  ['a - b', { kind: 'and', of: [text('a'), text('-'), text('b')] }],
  ['or', text('or')],
  ['"OR"', text('OR')],
  ['10:30', text('10:30')],
  ['https://example.org', text('https://example.org')],
  ['has:attachment', { kind: 'attachment' }],
  ['is:Unread', { kind: 'is', state: 'unread' }],
  ['in:"Clients/Ostrava Rail"', { kind: 'in', folder: 'Clients/Ostrava Rail' }],
  ['label:Reise', { kind: 'label', label: 'Reise' }],
  ['larger:1.5M', { kind: 'size', how: 'larger', bytes: 1_572_864 }],
  ['smaller:300', { kind: 'size', how: 'smaller', bytes: 300 }],
  ['before:2026-11-21', { kind: 'date', how: 'before', day: '2026-11-21' }],
  ['after:2026/2', { kind: 'date', how: 'after', day: '2026-02-01' }],
  ['older_than:2w', { kind: 'age', how: 'older', days: 14 }],
  ['newer_than:1y', { kind: 'age', how: 'newer', days: 365 }],
  ['subject:図面', field('subject', '図面')],
  // As keyboards of other languages write figures and colons.
  ['subject：図面', field('subject', '図面')],
  ['Re：図面', text('Re：図面')],
  ['newer_than:２ｗ', { kind: 'age', how: 'newer', days: 14 }],
  ['larger:1,5M', { kind: 'size', how: 'larger', bytes: 1_572_864 }],
  ['after:٢٠٢٦-٠٢-٠١', { kind: 'date', how: 'after', day: '2026-02-01' }],
]

test.each(understood)('%s', (typed, query) => {
  expect(parseSearch(typed)).toEqual({ ok: true, query })
})

const refused: [string, SearchProblem][] = [
  ['from:', { code: 'empty-value', at: 0, length: 5 }],
  ['a is:lost', { code: 'unknown-state', at: 2, length: 7 }],
  ['has:wings', { code: 'unknown-has', at: 0, length: 9 }],
  ['larger:big', { code: 'bad-size', at: 0, length: 10 }],
  ['larger:10,000k', { code: 'bad-size', at: 0, length: 14 }],
  ['before:2026-02-31', { code: 'bad-date', at: 0, length: 17 }],
  ['newer_than:soon', { code: 'bad-age', at: 0, length: 15 }],
  ['a "b c', { code: 'open-quote', at: 2, length: 4 }],
  ['a (b', { code: 'open-group', at: 2, length: 1 }],
  ['a)', { code: 'stray-close', at: 1, length: 1 }],
  ['a OR', { code: 'nothing-beside-or', at: 4, length: 0 }],
  ['OR a', { code: 'nothing-beside-or', at: 0, length: 2 }],
  ['()', { code: 'nothing-beside-or', at: 1, length: 1 }],
]

test.each(refused)('%s is refused at its word', (typed, problem) => {
  expect(parseSearch(typed)).toEqual({ ok: false, problem })
})

test('depth and length are bounded', () => {
  expect(parseSearch(`${'('.repeat(400)}a${')'.repeat(400)}`)).toMatchObject({
    ok: false,
    problem: { code: 'too-deep' },
  })
  expect(parseSearch('-'.repeat(500) + 'a').ok).toBe(true)
  expect(parseSearch('-('.repeat(300) + 'a')).toMatchObject({ ok: false, problem: { code: 'too-deep' } })
  expect(parseSearch('a'.repeat(1001))).toMatchObject({ ok: false, problem: { code: 'too-long' } })
})
