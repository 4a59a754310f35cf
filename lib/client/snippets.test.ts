import { expect, test } from 'vitest'
import { filled, snippetFor, snippets } from './snippets'

const variables = { 'first name': 'Bob', name: 'Bob <b>Marsh</b>', 'my name': 'Alice', date: '' }

test('variables are filled in, as text; what is none, or empty here, stays', () => {
  expect(filled('<p>Hi {first name}, {date} {other}</p>', variables)).toBe('<p>Hi Bob, {date} {other}</p>')
  expect(filled('{name}', variables)).toBe('Bob &lt;b&gt;Marsh&lt;/b&gt;')
  expect(filled('{my name}', variables, 'text')).toBe('Alice')
})

test('a shortcut finds its text, whatever its case; an empty one finds none', () => {
  const one = { id: 'a', name: 'A', shortcut: 'thanks', subject: '', html: '' }
  snippets.set([{ ...one, id: 'b', shortcut: '' }, one])
  expect(snippetFor('Thanks')).toBe(one)
  expect(snippetFor('')).toBeNull()
  snippets.set(null)
})
