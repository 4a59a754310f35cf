// What every forest holds, whatever strangers write into References (RFC 5256 section 3).
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OrderFacts } from '../../store/contract'
import { Chains } from './chains'
import { references } from './references'
import { writeThreads } from './thread'

const breathe = async () => undefined
const id = fc.integer({ min: 0, max: 12 }).map((n) => `<${n}@x>`)
const message = fc.record({
  messageId: fc.option(id),
  ancestors: fc.array(id, { maxLength: 5 }),
  sent: fc.option(fc.integer({ min: 0, max: 30 })),
  envelope: fc
    .constantFrom('', 'a', 'b', 'Re: a', 'Fwd: b', 'Re: ')
    .map((subject) => `(NIL "${subject}" NIL NIL NIL NIL NIL NIL NIL NIL)`),
})

const chainsOf = (messages: readonly Partial<OrderFacts>[]) => {
  const chains = new Chains()
  const common = { internal: 1, size: 1, threadId: '' }
  for (const [at, each] of messages.entries()) chains.add({ ...common, ...each, uid: at + 1 } as OrderFacts)
  return chains
}

test('every message stands in it once, and parentheses match', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 25 }), async (messages) => {
      const all = messages.map((_, at) => at)
      const text = writeThreads(await references(chainsOf(messages), all, breathe), (at) => at + 1)
      const numbers = [...text.matchAll(/\d+/g)].map(([number]) => Number(number))
      expect(numbers.sort((a, b) => a - b)).toEqual(all.map((at) => at + 1))
      let depth = 0
      for (const sign of text.replace(/[\d ]/g, '')) {
        depth += sign === '(' ? 1 : -1
        expect(depth).toBeGreaterThanOrEqual(0)
      }
      expect(depth).toBe(0)
    }),
  )
})

test('a chain as long as a mailbox ends, and so does one in which everybody names everybody', async () => {
  const chain = Array.from({ length: 20_000 }, (_, at) => ({
    messageId: `<${at}@x>`,
    ancestors: at ? [`<${at - 1}@x>`] : [],
    sent: at,
    envelope: '(NIL "x" NIL NIL NIL NIL NIL NIL NIL NIL)',
  }))
  const all = chain.map((_, at) => at)
  const text = writeThreads(await references(chainsOf(chain), all, breathe), (at) => at + 1)
  expect(text.match(/\d+/g)).toHaveLength(20_000)
})
