// What every forest holds, whatever strangers write into References (RFC 5256 section 3).
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Kin } from '../../store/contract'
import { Chains } from './chains'
import { writeThreads } from './forest'
import { references } from './references'
import type { Gathered } from './thread'

const breathe = async () => undefined
const id = fc.integer({ min: 0, max: 12 }).map((n) => `<${n}@x>`)
const message = fc.record({
  messageId: fc.option(id),
  ancestors: fc.array(id, { maxLength: 5 }),
  sent: fc.option(fc.integer({ min: 0, max: 30 })),
  subject: fc.constantFrom('', 'A', 'B'),
  kind: fc.constantFrom('original' as const, 'answer' as const),
})

const gathered = (messages: readonly Omit<Kin, 'content'>[]): Gathered => {
  const chains = Chains.empty()
  for (const [at, each] of messages.entries()) chains.add({ ...each, content: at + 1 })
  return {
    chains: Chains.unpack(chains.pack()) as Chains,
    uids: messages.map((_, at) => at + 1),
    at: Int32Array.from(messages, (_, at) => at),
    dates: Float64Array.from(messages, ({ sent }) => sent ?? 1),
  }
}

test('every message stands in it once, and parentheses match', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 25 }), async (messages) => {
      const all = messages.map((_, at) => at)
      const text = writeThreads(await references(gathered(messages), breathe), (at) => at + 1)
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
    subject: 'X',
    kind: 'original' as const,
  }))
  const text = writeThreads(await references(gathered(chain), breathe), (at) => at + 1)
  expect(text.match(/\d+/g)).toHaveLength(20_000)
})
