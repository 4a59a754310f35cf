import { expect, it } from 'vitest'
import { referencesOf } from './thread'

it('appends the original to its references', () => {
  expect(referencesOf({ messageId: '<c>', inReplyTo: '<b>', references: ['<a>', '<b>'] })).toEqual([
    '<a>',
    '<b>',
    '<c>',
  ])
})
it('starts from In-Reply-To where References is missing', () => {
  expect(referencesOf({ messageId: '<b>', inReplyTo: '<a>', references: [] })).toEqual(['<a>', '<b>'])
})
it('knows messages without an id', () => {
  expect(referencesOf({ messageId: '', inReplyTo: '', references: [] })).toEqual([])
})
it('keeps the root of a very long thread', () => {
  const references = Array.from({ length: 500 }, (_, i) => `<${i}>`)
  const chain = referencesOf({ messageId: '<me>', inReplyTo: '', references })
  expect(chain).toHaveLength(100)
  expect([chain[0], chain.at(-1)]).toEqual(['<0>', '<me>'])
})
