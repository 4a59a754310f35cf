// RFC 2971. What the client says of itself is checked for form and not kept.
import { anywhere, define, ok } from '../command'
import type { Scanner } from '../wire/scanner'

// RFC 2971 section 3.3: at most 30 pairs.
const mostPairs = 30

const readPairs = (scanner: Scanner): void => {
  scanner.space()
  if (!scanner.takeWord('NIL')) {
    const pair = () => {
      scanner.string('a field name')
      scanner.space()
      scanner.nstring()
    }
    scanner.list(pair, { least: 0, most: mostPairs })
  }
  scanner.end()
}

export const id = define({
  name: 'ID',
  states: anywhere,
  capabilities: ['ID'],
  parse: readPairs,
  run: (session) => {
    session.untagged('ID ("name" "Posthorn")')
    return ok('pleased to meet you')
  },
})
