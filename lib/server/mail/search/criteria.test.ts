import { describe, expect, it } from 'vitest'
import { parseSearch } from '@/lib/model/search'
import { isList, stringOf, type Token } from '../wire'
import { fileLeaves, keysOf, namesFolder, type Keys } from './criteria'

const spelled = (token: Token): string => {
  if (isList(token)) return `(${token.map(spelled).join(' ')})`
  const value = stringOf(token)
  if (token?.type === 'STRING') return JSON.stringify(value)
  return token?.type === 'LITERAL' ? `{${value}}` : value
}
const written = (keys: Keys): string => (typeof keys === 'string' ? keys : keys.map(spelled).join(' '))

const query = (typed: string) => {
  const parsed = parseSearch(typed)
  if (!parsed.ok) throw new Error(parsed.problem.code)
  return parsed.query
}
const keys = (typed: string): string =>
  written(
    keysOf(query(typed), {
      isIn: (name) => name === 'work',
      now: new Date('2026-03-10T12:00:00Z'),
      file: (leaf, sign) => (sign === 'with' ? [{ type: 'ATOM', value: `<${leaf.kind}>` }] : 'none'),
    }),
  )

describe('a query as IMAP SEARCH keys', () => {
  it.each([
    ['', 'all'],
    ['from:ada', 'FROM "ada"'],
    ['to:bob subject:"tea party"', 'TO "bob" SUBJECT "tea party"'],
    ['body:Grüße', 'BODY {Grüße}'],
    ['is:unread is:starred', 'UNSEEN FLAGGED'],
    ['-is:read', 'NOT (SEEN)'],
    ['larger:1m smaller:900gb', 'LARGER 1048576 SMALLER 4294967295'],
    ['before:2026-01-05 after:2025', 'BEFORE 5-Jan-2026 SINCE 1-Jan-2025'],
    ['older_than:10d newer_than:2w', 'BEFORE 28-Feb-2026 SINCE 24-Feb-2026'],
    ['list:nodejs', 'HEADER "List-Id" "nodejs"'],
    ['label:todo', 'KEYWORD todo'],
    ['label:"two words"', 'none'],
    ['from:a OR from:b OR from:c', 'OR (FROM "a") (OR (FROM "b") (FROM "c"))'],
    ['-(from:a OR from:b)', 'NOT (FROM "a") NOT (FROM "b")'],
    ['-(from:a -from:b)', 'OR (NOT (FROM "a")) (FROM "b")'],
    ['-(smaller:300 OR smaller:837)', 'LARGER 299 LARGER 836'],
    ['-(larger:5 before:2026-01-05) -smaller:0', 'OR (SMALLER 6) (SINCE 5-Jan-2026)'],
    ['-older_than:10d -newer_than:2w', 'SINCE 28-Feb-2026 BEFORE 24-Feb-2026'],
    ['in:work from:a', 'FROM "a"'],
    ['in:play from:a', 'none'],
    ['in:play OR from:a', 'FROM "a"'],
    ['-in:work', 'none'],
    ['has:attachment from:a', '<attachment> FROM "a"'],
    ['-has:attachment', 'all'],
    ['subject:"a\u0000\r\nb"', 'SUBJECT "a b"'],
  ])('%s', (typed, expected) => expect(keys(typed)).toBe(expected))

  it('looks for a plain word where a person reads, not in every header', () =>
    expect(keys('tea')).toBe(
      'OR (OR (FROM "tea") (TO "tea")) (OR (CC "tea") (OR (SUBJECT "tea") (BODY "tea")))',
    ))

  it('nests a long chain of ORs by its logarithm', () => {
    const chain = Array.from({ length: 80 }, (_, at) => `cc:a${at}`).join(' OR ')
    const depth = Math.max(
      ...keys(chain)
        .split(/[^(]*\)+[^(]*/)
        .map((run) => run.split('(').length),
    )
    expect(depth).toBeLessThan(10)
  })

  it('knows what only the structure can answer, and what names a folder', () => {
    expect(fileLeaves(query('(a OR -filename:b) has:attachment'))).toEqual([
      { kind: 'filename', text: 'b' },
      { kind: 'attachment' },
    ])
    expect(namesFolder(query('a -(b OR in:trash)'))).toBe(true)
    expect(namesFolder(query('a b'))).toBe(false)
  })
})
