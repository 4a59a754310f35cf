// The mailbox both servers serve: the same files, letters of several shapes in conversations, words that are rare.
import type { Filed } from '../../e2e/servers/maildir'

/** Letters as often as English has them, so that three of them in a row say as much as they do in a real mailbox. */
const alphabet =
  'eeeeeeeeeeeetttttttttaaaaaaaaooooooooiiiiiiinnnnnnnsssssshhhhhhrrrrrrddddlllluuucccmmmwwffggyyppbbvkjxqz'
const vocabulary = 4_000
/** One message in this many holds the same rare word. */
export const rarity = 200

/** Park-Miller: the same mailbox in every run. */
const randomFrom = (seed: number) => (below: number) => {
  seed = (seed * 48271) % 2147483647
  return seed % below
}
type Random = ReturnType<typeof randomFrom>

const wordAt = (index: number): string => {
  const random = randomFrom(index * 7919 + 12_345)
  random(2)
  return Array.from({ length: 2 + random(9) }, () => alphabet[random(alphabet.length)]).join('')
}
const dictionary = Array.from({ length: vocabulary }, (_, index) => wordAt(index))
/** Small numbers are drawn more often, as words are. */
const word = (random: Random): string => dictionary[random(random(vocabulary) + 1)] ?? ''
const words = (random: Random, count: number): string =>
  Array.from({ length: count }, () => word(random)).join(' ')

const lines = (random: Random, count: number): string =>
  Array.from({ length: count }, () => `${words(random, 5 + random(8))}\r\n`).join('')

export const rareWord = (group: number): string =>
  `${wordAt(vocabulary + group)}${wordAt(2 * vocabulary + group)}`

interface Letter {
  id: string
  subject: string
  references: string[]
}

const people = Array.from({ length: 120 }, (_, index) => {
  const name = wordAt(index * 7)
  return `"${name[0]?.toUpperCase()}${name.slice(1)} ${wordAt(index * 3)}" <${name}@example.org>`
})

const plain = (text: string) => `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`
const html = (text: string) =>
  `Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>${text.replaceAll('\r\n', '<br>\r\n')}</p></body></html>\r\n`

const multipart = (kind: string, parts: string[]): string => {
  const edge = `=_edge_${parts.length}`
  const body = parts.map((part) => `--${edge}\r\n${part}\r\n`).join('')
  return `MIME-Version: 1.0\r\nContent-Type: multipart/${kind}; boundary="${edge}"\r\n\r\n${body}--${edge}--\r\n`
}

const attachment = (random: Random): string => {
  const bytes = Buffer.from(Array.from({ length: 2_000 + random(6_000) }, () => random(256)))
  const text = bytes.toString('base64').replace(/.{76}/g, '$&\r\n')
  const head = 'Content-Type: application/pdf; name="report.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
  return `${head}Content-Disposition: attachment; filename="report.pdf"\r\n\r\n${text}\r\n`
}

const bodyOf = (random: Random, rare: string): string => {
  const text = `${lines(random, 5 + random(30))}${rare}\r\n${lines(random, 3)}`
  const shape = random(10)
  if (shape < 5) return plain(text)
  if (shape < 8) return multipart('alternative', [plain(text), html(text)])
  return multipart('mixed', [plain(text), attachment(random)])
}

const startOf2025 = Date.UTC(2025, 0, 1)

const nextLetter = (random: Random, n: number, letters: Letter[]): Letter => {
  const answered = random(10) < 6 && letters.length > 0 ? letters[random(letters.length)] : undefined
  return {
    id: `<${n}.${word(random)}@example.org>`,
    subject: answered ? `Re: ${answered.subject.replace(/^Re: /, '')}` : words(random, 2 + random(5)),
    references: answered ? [...answered.references, answered.id].slice(-12) : [],
  }
}

/** Message `n` with its date; every `rarity`-th shares a rare word, in its subject and in its text. */
export function* letters(count: number): Generator<Filed> {
  const random = randomFrom(4711)
  const recent: Letter[] = []
  for (let n = 0; n < count; n++) {
    const letter = nextLetter(random, n, recent)
    recent[n % 300] = letter
    const at = new Date(startOf2025 + n * 60_000 + random(3_000_000))
    const rare = rareWord(n % rarity)
    const group = n % (rarity * 2) < rarity ? ` ${rare}` : ''
    const head = [
      `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
      `From: ${people[random(people.length)]}`,
      `To: alice@posthorn.test, ${people[random(people.length)]}`,
      ...(random(3) ? [] : [`Cc: ${people[random(people.length)]}`]),
      `Subject: ${letter.subject}${letter.references.length ? '' : group}`,
      `Message-ID: ${letter.id}`,
      ...(letter.references.length
        ? [`In-Reply-To: ${letter.references.at(-1)}`, `References: ${letter.references.join('\r\n ')}`]
        : []),
      `X-Mailer: ${words(random, 3)}`,
    ]
    const flags = n % 20 ? 'S' : ''
    yield { bytes: Buffer.from(`${head.join('\r\n')}\r\n${bodyOf(random, rare)}`), at, flags }
  }
}
