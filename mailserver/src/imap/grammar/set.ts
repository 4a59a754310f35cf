// sequence-set (RFC 9051 section 9) and uid-set; `$` is the saved search result (RFC 5182).
import type { Scanner } from '../wire/scanner'

export type End = number | '*'
export type SequenceSet = { saved: true } | { saved: false; ranges: readonly (readonly [End, End])[] }

const mostRanges = 20_000

const readEnd = (scanner: Scanner): End => {
  if (scanner.take('*')) return '*'
  const value = scanner.number32('a message number')
  return value > 0 ? value : scanner.fail('a message number above zero')
}

export const readSet = (scanner: Scanner): SequenceSet => {
  if (scanner.take('$')) return { saved: true }
  const ranges: [End, End][] = []
  do {
    const from = readEnd(scanner)
    ranges.push([from, scanner.take(':') ? readEnd(scanner) : from])
    if (ranges.length > mostRanges) scanner.fail('fewer ranges')
  } while (scanner.take(','))
  return { saved: false, ranges }
}

/** Ascending ranges, with `*` as `last`; RFC 9051: 4:2 is 2:4, and `n:*` always holds the last one. */
export const rangesOf = (set: Extract<SequenceSet, { saved: false }>, last: number): [number, number][] =>
  set.ranges.map(([a, b]) => {
    const from = a === '*' ? last : a
    const to = b === '*' ? last : b
    return from <= to ? [from, to] : [to, from]
  })

/** Ascending numbers as `1:3,7`. */
export const writeSet = (numbers: readonly number[]): string => {
  const pieces: string[] = []
  for (let start = 0; start < numbers.length;) {
    let end = start
    while (numbers[end + 1] === (numbers[end] as number) + 1) end += 1
    pieces.push(end === start ? `${numbers[start]}` : `${numbers[start]}:${numbers[end]}`)
    start = end + 1
  }
  return pieces.join(',')
}
