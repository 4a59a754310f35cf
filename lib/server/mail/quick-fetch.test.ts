// Contract with the library's own parser: what is read here is read by it alike, and what is not, is its.
import { ImapFlow } from 'imapflow'
import parser from 'imapflow/lib/handler/imap-parser.js'
import { expect, it } from 'vitest'
import { chance } from '../testing/search/shelf'
import { seedOf } from '../testing/settings'
import { readFetch } from './quick-fetch'
import { easeReading, listen, type Untagged } from './wire'

/** Literals apart, as they come from the stream. */
const asComes = (line: string) => {
  const bytes = Buffer.from(line)
  const literals: Buffer[] = []
  let payload = ''
  for (let at = 0; at < bytes.length;) {
    const marker = /\{(\d+)\}\r\n/.exec(bytes.toString('latin1', at))
    if (!marker) {
      payload += bytes.toString('latin1', at)
      break
    }
    const end = at + marker.index + marker[0].length
    payload += bytes.toString('latin1', at, end)
    literals.push(bytes.subarray(end, end + Number(marker[1])))
    at = end + Number(marker[1])
  }
  return { payload: Buffer.from(payload, 'latin1'), literals }
}

const byLibrary = async (line: string) => {
  const { payload, literals } = asComes(line)
  const { command, attributes } = await parser(payload, { literals })
  return { number: Number(command), tokens: attributes }
}
const byUs = (line: string) => {
  const { payload, literals } = asComes(line)
  return readFetch(payload, literals)
}

const envelope =
  '("Sat, 21 Nov 2026 07:30:18 +0000" "a \\"b\\" \\\\c" (("Zoë" NIL "zoe" "x.test")("" NIL "" "y.test")) NIL {3}\r\na"b NIL (NIL NIL "group" NIL) nil "<1@x.test>" "")'
const structure =
  '(("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 12 1 NIL ("inline" NIL))("application" "pdf" NIL NIL NIL "base64" 4) "mixed" ("boundary" "=_x"))'

it.each([
  '* 12 FETCH (UID 7 FLAGS (\\Seen $label1 a,b 1st) MODSEQ (123456789012))',
  `* 1 FETCH (UID 1 ENVELOPE ${envelope} BODYSTRUCTURE ${structure} RFC822.SIZE 1)`,
  '* 3 FETCH (UID 9 BODY[1]<0> {5}\r\n("a)\\ BODY[2.1] NIL BODY[] "x" BINARY[1] {0}\r\n)',
  '* 4 fetch (BODY[TEXT] "" PREVIEW {2}\r\nä  EMAILID (Mab_c-1) INTERNALDATE "21-Nov-2026 07:30:18 +0000")',
  '* 5 FETCH ()',
  '* 5 FETCH (X (()(A)) Y "")',
])('reads as the library does: %s', async (line) => {
  const ours = byUs(line)
  expect(ours).not.toBeNull()
  expect(ours).toEqual(await byLibrary(line))
})

it.each([
  '* 12 EXISTS',
  'A1 OK FETCH (done)',
  '* OK FETCH (X)',
  '* 1 FETCH (UID 7',
  '* 1 FETCH (UID 7))',
  '* 1 FETCH (UID 7) x',
  '* 1 FETCH (X "a',
  '* 1 FETCH (X "a\\',
  '* 1 FETCH (X 1:2)',
  '* 1 FETCH (X 1,2)',
  '* 1 FETCH (FLAGS (\\A\\B))',
  '* 1 FETCH (FLAGS (\\*))',
  '* 1 FETCH (BODY[HEADER.FIELDS (SUBJECT)] "x")',
  '* 1 FETCH (BODY[1.MIME] "x")',
  '* 1 FETCH (BODY[1]<00> "x")',
  '* 1 FETCH (X[1] a)',
  '* 1 FETCH (X ~{2}\r\nab)',
  '* 1 FETCH (X a"b")',
  `* 1 FETCH ${'('.repeat(30)}${')'.repeat(30)}`,
])('leaves to the library: %s', (line) => expect(byUs(line)).toBeNull())

it('reads nothing that the library reads otherwise, whatever comes', async () => {
  const seed = seedOf()
  const dice = chance(seed)
  const pieces =
    '( ) NIL nil UID 7 1:2 "a" "\\"" "ä" {2}\r\n"( {0}\r\n \\Seen \\ * % BODY[1] BODY[]<0> [ ] < > ~ a,b 1a'
  const words = [...pieces.split(' '), ' ', ' ', ' ']
  let read = 0
  for (let n = 0; n < 4000; n++) {
    const count = n % 12
    const line = `* 1 FETCH (${Array.from({ length: count }, () => dice.one(words)).join(dice.one(['', ' ']))})`
    const ours = byUs(line)
    if (ours === null) continue
    read++
    expect(ours, `${line} (seed ${seed})`).toEqual(await byLibrary(line))
  }
  expect(read).toBeGreaterThan(400)
})

it('is heard where the library would have told it, and one that fails does not end the next', async () => {
  const client = new ImapFlow({ host: 'localhost', port: 1, auth: { user: 'a', pass: 'b' }, logger: false })
  easeReading(client)
  const heard: Untagged[] = []
  listen(client, ['FETCH'], (untagged) => {
    heard.push(untagged)
    if (heard.length === 1) throw new Error('not now')
  })
  const inside = client as unknown as { handleResponse: (answer: object) => Promise<boolean> }
  const answers = []
  for (const line of ['* 1 FETCH (UID 4)', '* 2 FETCH (UID 5)', '* 3 FETCH (UID 6 BODY[1.MIME] "x")'])
    answers.push(await inside.handleResponse({ payload: Buffer.from(line), literals: [] }))
  expect(answers).toEqual([true, true, true])
  expect(heard.map(({ name, number }) => [name, number])).toEqual([
    ['FETCH', 1],
    ['FETCH', 2],
    ['FETCH', 3],
  ])
})
