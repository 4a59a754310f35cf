// flag (RFC 9051 sections 2.3.2 and 9). System flags get their one spelling; keywords stay as written.
import type { Scanner } from '../wire/scanner'

export const systemFlags = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'] as const
const mostFlags = 100
const longestKeyword = 128

export const readFlag = (scanner: Scanner): string => {
  if (scanner.take('\\')) {
    const name = scanner.atom('a flag')
    const known = systemFlags.find((flag) => flag.slice(1).toLowerCase() === name.toLowerCase())
    // \Recent belongs to the server (RFC 3501 section 2.3.2) and others are no flags of ours.
    return known ?? scanner.fail('a flag a client may set')
  }
  const keyword = scanner.atom('a flag')
  if (keyword.includes(']')) scanner.fail('a flag without "]"')
  return keyword.length <= longestKeyword ? keyword : scanner.fail('a shorter keyword')
}

const unique = (flags: string[]): string[] => {
  const seen = new Map(flags.map((flag) => [flag.toLowerCase(), flag]))
  return [...seen.values()]
}

export const readFlagList = (scanner: Scanner): string[] =>
  unique(scanner.list(() => readFlag(scanner), { least: 0, most: mostFlags }))

/** STORE also takes flags without parentheses. */
export const readFlags = (scanner: Scanner): string[] => {
  if (scanner.next('(')) return readFlagList(scanner)
  const flags = [readFlag(scanner)]
  while (scanner.take(' ')) flags.push(readFlag(scanner))
  return unique(flags)
}
