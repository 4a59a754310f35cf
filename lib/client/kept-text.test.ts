import { expect, it } from 'vitest'
import { cutFrom, isWornOut, longText, whole } from './kept-text'

/** Few letters, so that much is the same by chance; one of them is two units long. */
const wordsOf = (seed: number): string => {
  let state = seed + 1
  const next = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below
  return Array.from({ length: next(14) }, () => ['a', 'b', '😀', '\uDE00'][next(4)]).join('')
}

it('gives back every text from every base', () => {
  for (let seed = 0; seed < 3000; seed++) {
    const [base, text] = [wordsOf(seed), wordsOf(seed + 7919)]
    const made = JSON.parse(JSON.stringify(cutFrom(base, text))) as ReturnType<typeof cutFrom>
    expect(whole(base, made)).toBe(text)
  }
})

it('holds what is different, and no more', () => {
  const history = 'On Monday, Person wrote. '.repeat(9000)
  expect(cutFrom(`Dear B${history}`, `Dear Bob, ${history}`)).toEqual({ from: 6, to: 6, middle: 'ob, ' })
  expect(cutFrom(history, history)).toMatchObject({ middle: '' })
  // What is taken away or doubled lies nowhere twice.
  expect(cutFrom('aaaa', 'aa')).toEqual({ from: 2, to: 4, middle: '' })
  expect(cutFrom('aa', 'aaaa')).toEqual({ from: 2, to: 2, middle: 'aa' })
})

it('calls for a new base when little of the old one is used', () => {
  const base = 'x'.repeat(4 * longText)
  const worn = (text: string) => isWornOut(base, cutFrom(base, text))
  expect(worn(`a${base}`)).toBe(false)
  expect(worn(`${'a'.repeat(longText + 1)}${base}`)).toBe(true)
  expect(worn(base.slice(1.9 * longText))).toBe(false)
  expect(worn(base.slice(2.1 * longText))).toBe(true)
})
