import 'server-only'

// The library's parser reads a sequence set letter by letter into a string that it looks back into at every letter:
// the square of its length, minutes for the order of 100,000 messages. Long ones are handed to it as literals, which
// it passes on as they are. Nothing else of an answer changes.

export interface Answer {
  payload: Buffer
  literals?: Buffer[]
}

/** Below this the parser is quick enough. */
const long = 2048
/** Where the set begins is told by the first words. */
const firstWords = 400

/** RFC 9051 section 7.3.4 and RFC 5256 section 4: numbers; RFC 4731 section 3.1 and RFC 7162 section 3.2.10: a set. */
const beforeNumbers = /^\* (SORT|SEARCH) (?=\d)/i
const beforeSet = /^\* (ESEARCH .*?\bALL |VANISHED (\(EARLIER\) )?)(?=\d)/i

const isOf = (byte: number | undefined, kind: 'numbers' | 'set'): boolean =>
  byte !== undefined &&
  ((byte >= 0x30 && byte <= 0x3a) || byte === (kind === 'numbers' ? 0x20 : 0x2c) || byte === 0x2a)

const endOf = (payload: Buffer, from: number, kind: 'numbers' | 'set'): number => {
  let end = from
  while (isOf(payload[end], kind)) end++
  while (payload[end - 1] === 0x20) end--
  return end
}

export const withoutLongSets = (answer: Answer): Answer => {
  const { payload, literals = [] } = answer
  if (payload.length < long || literals.length > 0) return answer
  const words = payload.toString('latin1', 0, firstWords)
  const numbers = beforeNumbers.exec(words)
  const begin = numbers ?? beforeSet.exec(words)
  if (!begin) return answer
  const from = begin[0].length
  const end = endOf(payload, from, numbers ? 'numbers' : 'set')
  const mark = Buffer.from(`{${end - from}}\r\n`)
  return {
    ...answer,
    payload: Buffer.concat([payload.subarray(0, from), mark, payload.subarray(end)]),
    literals: [payload.subarray(from, end)],
  }
}
