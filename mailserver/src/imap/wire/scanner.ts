// Reads one command (RFC 9051 section 9). The text holds one character per byte; where it says `{n}` and a line
// end, the next literal stands.
//
// Invariants: never reads past the end; every refusal names what was expected and where.
import type { Literal } from './literal'

/** What the client sent does not follow the grammar: BAD with this reason. */
export class Malformed extends Error {}

const atom = /[^\x00-\x20\x7f-\xff(){%*"\\\]]+/y
const astringAtom = /[^\x00-\x20\x7f-\xff(){%*"\\]+/y
const listAtom = /[^\x00-\x20\x7f-\xff(){"\\]+/y
const digits = /\d{1,20}/y
const literalMark = /~?\{\d+\+?\}\r\n/y
const quoted = /"((?:[^\x00\r\n"\\]|\\["\\])*)"/y

export class Scanner {
  private at = 0
  private usedLiterals = 0

  constructor(
    private readonly text: string,
    private readonly literals: readonly Literal[] = [],
  ) {}

  /** The command's own tag: ESEARCH repeats it. */
  get tag(): string {
    return this.text.slice(0, this.text.indexOf(' '))
  }

  get done(): boolean {
    return this.at >= this.text.length
  }

  fail(expected: string): never {
    throw new Malformed(`expected ${expected} at character ${this.at + 1}`)
  }

  /** The end of the command; spaces before it are forgiven. */
  end(): void {
    while (this.text[this.at] === ' ') this.at += 1
    if (!this.done) this.fail('the end of the command')
  }

  next(char: string): boolean {
    return this.text[this.at] === char
  }

  take(char: string): boolean {
    if (!this.next(char)) return false
    this.at += 1
    return true
  }

  expect(char: string): void {
    if (!this.take(char)) this.fail(char === ' ' ? 'a space' : `"${char}"`)
  }

  space(): void {
    this.expect(' ')
  }

  /** Takes a word that stands next, in any case, when it ends there. */
  takeWord(word: string): boolean {
    const piece = this.text.slice(this.at, this.at + word.length)
    const after = this.text[this.at + word.length]
    if (piece.toUpperCase() !== word || (after !== undefined && /[A-Za-z0-9.-]/.test(after))) return false
    this.at += word.length
    return true
  }

  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found) this.at = pattern.lastIndex
    return found
  }

  atom(expected = 'an atom'): string {
    return this.match(atom)?.[0] ?? this.fail(expected)
  }

  word(expected = 'a word'): string {
    return this.atom(expected).toUpperCase()
  }

  number(expected = 'a number'): number {
    const value = Number(this.match(digits)?.[0] ?? this.fail(expected))
    // RFC 9051 section 9: number64 is at most 2^63 - 1; what we cannot count exactly is refused.
    if (!Number.isSafeInteger(value)) this.fail('a smaller number')
    return value
  }

  /** number (32 bits): UIDs and sequence numbers. */
  number32(expected = 'a number'): number {
    const value = this.number(expected)
    if (value > 0xffffffff) this.fail('a number below 4294967296')
    return value
  }

  literal(): Literal | null {
    if (!this.match(literalMark)) return null
    const literal = this.literals[this.usedLiterals]
    this.usedLiterals += 1
    return literal ?? this.fail('a literal')
  }

  /** quoted / literal, one character per byte. */
  tryString(): string | null {
    const found = this.match(quoted)
    if (found) return (found[1] as string).replace(/\\(["\\])/g, '$1')
    const literal = this.literal()
    if (!literal) return null
    if (!literal.bytes) this.fail('a smaller literal')
    const text = literal.bytes.toString('latin1')
    if (text.includes('\0')) this.fail('a string without NUL')
    return text
  }

  string(expected = 'a string'): string {
    return this.tryString() ?? this.fail(expected)
  }

  astring(expected = 'a string'): string {
    return this.tryString() ?? this.match(astringAtom)?.[0] ?? this.fail(expected)
  }

  /** RFC 9051: list-mailbox, an astring where wildcards are ordinary. */
  listMailbox(): string {
    return this.tryString() ?? this.match(listAtom)?.[0] ?? this.fail('a mailbox pattern')
  }

  nstring(expected = 'a string or NIL'): string | null {
    return this.takeWord('NIL') ? null : this.string(expected)
  }

  /** `(` one or more of `read`, separated by spaces `)`; `empty` lists where the grammar has them. */
  list<T>(read: () => T, size: { least: 0 | 1; most?: number } = { least: 1 }): T[] {
    const items: T[] = []
    this.expect('(')
    if (size.least === 0 && this.take(')')) return items
    for (;;) {
      items.push(read())
      if (items.length > (size.most ?? 1000)) this.fail('fewer items')
      if (this.take(')')) return items
      this.space()
    }
  }
}

/** One character per byte back to text; what is no UTF-8 is refused. */
export const utf8 = (bytes: string): string => {
  if (!/[\x80-\xff]/.test(bytes)) return bytes
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'))
  } catch {
    throw new Malformed('a string is not valid UTF-8')
  }
}
