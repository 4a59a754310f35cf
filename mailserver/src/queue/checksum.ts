// CRC-32 of two pieces that stand one below the other, by those of each: the upper one may be known last.
import { crc32 } from 'node:zlib'

// Polynomials over GF(2) modulo that of CRC-32 (ISO 3309), the highest bit for x^0, as zlib keeps them.
const modulus = 0xedb88320
const one = 0x80000000
const shiftOfAByte = 0x00800000

const product = (left: number, right: number): number => {
  let sum = 0
  let shifted = right
  for (let bit = one; bit !== 0; bit >>>= 1) {
    if (left & bit) sum ^= shifted
    shifted = shifted & 1 ? (shifted >>> 1) ^ modulus : shifted >>> 1
  }
  return sum >>> 0
}

/** Of `upper` above what is `length` bytes long and has this sum. */
export const sumAbove = (upper: Buffer, { length, sum }: { length: number; sum: number }): number => {
  let shift = one
  for (let [left, power] = [length, shiftOfAByte]; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) shift = product(shift, power)
    power = product(power, power)
  }
  return (product(shift, crc32(upper)) ^ sum) >>> 0
}
