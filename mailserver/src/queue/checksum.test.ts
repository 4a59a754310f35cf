import { randomBytes, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { sumAbove } from './checksum'

test('the sum of two pieces is that of the whole, whichever is known first', () => {
  const lengths = [0, 1, 2, 255, 256, 65_537, ...Array.from({ length: 50 }, () => randomInt(5_000))]
  for (const length of lengths) {
    const [upper, lower] = [randomBytes(randomInt(300)), randomBytes(length)]
    expect(sumAbove(upper, { length, sum: crc32(lower) })).toBe(crc32(Buffer.concat([upper, lower])))
  }
})
