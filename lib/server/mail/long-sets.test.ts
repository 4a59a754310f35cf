import { ImapFlow } from 'imapflow'
import { expect, it } from 'vitest'
import { withoutLongSets } from './long-sets'
import { easeReading, listen, numbersIn, stringOf, type Untagged } from './wire'

const many = Array.from({ length: 100_000 }, (_, at) => ((at * 7919) % 100_000) + 1)

/** What comes of a line, through the library's own reading of it. */
const heard = async (line: string): Promise<Untagged | undefined> => {
  const client = new ImapFlow({ host: 'localhost', port: 1, auth: { user: 'a', pass: 'b' }, logger: false })
  easeReading(client)
  let found: Untagged | undefined
  listen(client, ['SORT', 'SEARCH', 'ESEARCH', 'VANISHED'], (untagged) => (found = untagged))
  const inside = client as unknown as { handleResponse: (answer: object) => Promise<unknown> }
  await inside.handleResponse({ payload: Buffer.from(line), literals: [] })
  return found
}

it('reads the order of 100,000 messages, and what is told behind it', async () => {
  const start = performance.now()
  const sorted = await heard(`* SORT ${many.join(' ')} (MODSEQ 12)`)
  expect(numbersIn(sorted?.tokens ?? [])).toEqual(many)
  const searched = await heard(`* ESEARCH (TAG "A1") UID ALL ${many.join(',')} MODSEQ 12`)
  const words = searched?.tokens.map(stringOf) ?? []
  expect(words[words.indexOf('ALL') + 1]).toBe(many.join(','))
  expect(words.slice(-2)).toEqual(['MODSEQ', '12'])
  const gone = await heard(`* VANISHED (EARLIER) ${many.join(',')}`)
  expect(stringOf(gone?.tokens.at(-1))).toBe(many.join(','))
  // Squared, each of the sets takes half a minute on an idle machine.
  expect(performance.now() - start).toBeLessThan(10_000)
})

it('leaves everything else alone', () => {
  const letters = 'word '.repeat(1000)
  for (const line of [
    '* SORT 1 2 3',
    `* OK ${letters}`,
    `* SEARCH ${letters}`,
    `* 1 FETCH (X "${letters}")`,
  ]) {
    const answer = { payload: Buffer.from(line), literals: [] }
    expect(withoutLongSets(answer)).toBe(answer)
  }
  const literal = { payload: Buffer.from(`* SORT ${many.join(' ')}`), literals: [Buffer.from('x')] }
  expect(withoutLongSets(literal)).toBe(literal)
})
