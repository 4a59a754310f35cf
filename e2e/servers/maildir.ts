// Mail that lies there before a server is started, written as files: a hundred thousand letters in seconds, where
// APPEND takes minutes.
import { linkSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Filed {
  bytes: Buffer
  at: Date
  /** Of the file's name: `S` seen, `F` flagged, `R` answered, `P` passed on. */
  flags: string
}

/** The same files in every Maildir: hard links, with the sizes in their names that spare both servers a look. */
export const fillMaildirs = (maildirs: readonly string[], letters: Iterable<Filed>): void => {
  for (const maildir of maildirs)
    for (const each of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, each), { recursive: true })
  const [first = '', ...others] = maildirs
  let n = 0
  for (const { bytes, at, flags } of letters) {
    const base = `${Math.floor(at.getTime() / 1000)}.M${String(n++).padStart(6, '0')}.bench,S=${bytes.length},W=${bytes.length}`
    const name = join('cur', `${base}:2,${flags}`)
    writeFileSync(join(first, name), bytes)
    utimesSync(join(first, name), at, at)
    for (const other of others) linkSync(join(first, name), join(other, name))
  }
}

/** One message in so many; by it a test says how many there must be. */
export const shares = { unread: 20, starred: 100, files: 50, answers: 10, bulky: 1000 }

const people = ['Bob Marsh', 'Ana Silva', 'Jörg Weiß', 'Mei Lin', 'Omar Haddad', 'Zoë Quill', 'Ivo Novák']
const addressOf = (name: string) =>
  `${name
    .normalize('NFKD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase()}@posthorn.test`
const encoded = (name: string) => `=?utf-8?B?${Buffer.from(name).toString('base64')}?=`

const plain = (n: number, padding: string) =>
  `Content-Type: text/plain; charset=utf-8\r\n\r\nThis is Letter ${n}.\r\n\r\n${padding}\r\n`

const withFile = (n: number, padding: string) =>
  [
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="edge"',
    '',
    '--edge',
    `${plain(n, padding)}--edge`,
    `Content-Type: application/pdf; name="plan-${n}.pdf"`,
    `Content-Disposition: attachment; filename="plan-${n}.pdf"`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(`%PDF-1.4 plan ${n}`).toString('base64'),
    '--edge--',
    '',
  ].join('\r\n')

const usualWords = 'Some words that a letter is made of. '.repeat(4)
const manyWords = 'Some words that a letter is made of. '.repeat(400)

/** `Letter 0` to `Letter {count - 1}`, an hour apart up to 2026: some unread, starred, with a file, or an answer to the one before. */
export function* manyLetters(count: number): Generator<Filed> {
  const newest = Date.UTC(2026, 0, 1)
  for (let n = 0; n < count; n++) {
    const at = new Date(newest - (count - n) * 3_600_000)
    const name = people[(n * 31) % people.length] ?? ''
    const id = (of: number) => `<letter-${of}@posthorn.test>`
    const before = n % shares.answers === shares.answers - 1 ? id(n - 1) : ''
    const head = [
      `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
      `From: ${encoded(name)} <${addressOf(name)}>`,
      'To: alice@posthorn.test',
      `Subject: Letter ${n}`,
      `Message-ID: ${id(n)}`,
      ...(before ? [`In-Reply-To: ${before}`, `References: ${before}`] : []),
    ].join('\r\n')
    const words = n % shares.bulky === shares.bulky - 1 ? manyWords : usualWords
    const rest = n % shares.files === 3 ? withFile(n, words) : plain(n, words)
    const seen = n % shares.unread === 0 ? '' : 'S'
    const starred = n % shares.starred === 7 ? 'F' : ''
    yield { bytes: Buffer.from(`${head}\r\n${rest}`), at, flags: `${starred}${seen}` }
  }
}
