// Headers are read while a message is delivered: none may cost more than its length asks for.
import { expect, test } from 'vitest'
import { parseAddresses } from './address'
import { limits } from './header'
import { baseSubject, decodeWords } from './index'
import { parseParameterised } from './parameters'

const filled = (piece: string) => piece.repeat(limits.value / piece.length)
const half = (piece: string) => piece.repeat(limits.value / 2 / piece.length)

/** In steps that grow with the square of the length each of these takes ten seconds and more. */
const soon = (work: () => unknown) => {
  const start = performance.now()
  work()
  expect(performance.now() - start).toBeLessThan(5_000)
}

test.each([
  ['trailers', `${filled('(fwd)')}x`],
  ['white space and trailers', `${filled(' (fwd) ')}x`],
  ['nested trailers', `${'[fwd: '.repeat(50)}${filled('(fwd)')}x${']'.repeat(50)}`],
  ['leaders', filled('re: ')],
  ['open labels', filled('[')],
])('a subject of %s', (_, subject) => {
  soon(() => baseSubject(subject))
})

test('trailers go, whatever stands between them', () => {
  expect(baseSubject('Re: Hello (fwd) (FWD)(fwd) ')).toEqual({ text: 'HELLO', kind: 'answer' })
  expect(baseSubject('Hello (fwd) you')).toEqual({ text: 'HELLO (FWD) YOU', kind: 'original' })
  expect(baseSubject('(fwd)')).toEqual({ text: '', kind: 'answer' })
})

test('an address of many words and commas', () => {
  soon(() => parseAddresses(`<${half('a ')}@${half(',')}`))
})

test('a comment with many escaped parentheses', () => {
  soon(() => parseParameterised(`text/plain ${filled('(\\')}`))
  expect(parseParameterised('text/plain (a \\) (b)c); x=1 (\\(y) 2').parameters).toEqual([['x', '1  2']])
  expect(parseParameterised('text/plain (a (b)\\').value).toBe('text/plain (a \\')
})

test('encoded words without end, and many of them', () => {
  soon(() => decodeWords(filled('=?a*')))
  soon(() => decodeWords(filled('=?utf-8?q?aaaaaaaa?= ')))
  expect(decodeWords('=?utf-8?b?w7w=?= =?utf-8?q?=C3?= =?utf-8?q?=BC?= =?latin1?q?=FC?=')).toBe('üüü')
})
