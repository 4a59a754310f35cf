// Who answers whom among a user's contents, as numbers: ids and subjects are numbered when first met, so that threading
// 100,000 messages compares no strings.
import { randomInt } from 'node:crypto'
import type { Kin } from '../../store/contract'
import type { Grown } from './kept'
import { floats, ints, pack, unpack, type Growing } from './numbers'

/** 53 bits that a stranger cannot aim at; who wants into a conversation has only to name one of its ids. */
const digest = (text: string, seed: number): number => {
  let low = seed | 0
  let high = ~seed
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ code ^ (low >>> 15), 0x85ebca6b)
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0)
}

class Numbers {
  private known: Map<number, number> | null = null
  constructor(
    private readonly seed: number,
    readonly digests: Growing = floats(),
  ) {}
  of(text: string): number {
    this.known ??= new Map(Array.from(this.digests.values, (key, number) => [key, number]))
    const key = digest(text, this.seed)
    const number = this.known.get(key)
    if (number !== undefined) return number
    this.known.set(key, this.digests.length)
    this.digests.push(key)
    return this.digests.length - 1
  }
}

const none = -1

interface Parts {
  contents: Growing
  /** NaN where there is none. */
  dates: Growing
  subjects: Growing
  answers: Growing
  own: Growing
  /** Where the ancestors of a content begin in `ancestors`; they end where those of the next begin. */
  begins: Growing
  ancestors: Growing
}

const names = ['contents', 'dates', 'subjects', 'answers', 'own', 'begins', 'ancestors'] as const
const wide = new Set<string>(['contents', 'dates'])

export class Chains implements Grown {
  private constructor(
    private readonly seed: number,
    private readonly parts: Parts,
    private readonly ids: Numbers,
    private readonly words: Numbers,
  ) {}

  static empty(): Chains {
    const seed = randomInt(2 ** 31)
    const parts = Object.fromEntries(names.map((name) => [name, wide.has(name) ? floats() : ints()]))
    return new Chains(seed, parts as unknown as Parts, new Numbers(seed), new Numbers(seed))
  }

  get count(): number {
    return this.parts.contents.length
  }
  get last(): number {
    return this.parts.contents.last
  }
  get cost(): number {
    const columns = names.reduce((sum, name) => sum + this.parts[name].cost, 0)
    return columns + 48 * (this.ids.digests.length + this.words.digests.length)
  }
  get contents(): Growing {
    return this.parts.contents
  }
  /** Ids met so far, of messages and of those they name. */
  get idCount(): number {
    return this.ids.digests.length
  }
  /** By position, the Date header in seconds, or NaN. */
  get dates(): ArrayLike<number> {
    return this.parts.dates.values
  }
  /** Number of the base subject, -1 for an empty one. */
  subject(position: number): number {
    return this.parts.subjects.at(position)
  }
  isAnswer(position: number): boolean {
    return this.parts.answers.at(position) === 1
  }
  /** Number of the message's own id, -1 without one. */
  own(position: number): number {
    return this.parts.own.at(position)
  }
  ancestors(position: number): ArrayLike<number> {
    const { begins, ancestors } = this.parts
    const end = position + 1 < begins.length ? begins.at(position + 1) : ancestors.length
    return ancestors.values.subarray(begins.at(position), end)
  }

  add({ content, sent, subject, kind, messageId, ancestors }: Kin): void {
    const { parts } = this
    parts.contents.push(content)
    parts.dates.push(sent ?? NaN)
    parts.subjects.push(subject === '' ? none : this.words.of(subject))
    parts.answers.push(kind === 'answer' ? 1 : 0)
    parts.own.push(messageId === null ? none : this.ids.of(messageId))
    parts.begins.push(parts.ancestors.length)
    for (const id of ancestors) parts.ancestors.push(this.ids.of(id))
  }

  pack(): Buffer {
    const numbers = [...names.map((name) => this.parts[name]), this.ids.digests, this.words.digests]
    return pack({ numbers, text: String(this.seed) })
  }

  static unpack(bytes: Buffer): Chains | null {
    const packed = unpack(bytes, names.length + 2)
    if (!packed) return null
    const seed = Number(packed.text)
    const parts = Object.fromEntries(names.map((name, at) => [name, packed.numbers[at]])) as unknown as Parts
    const [ids, words] = packed.numbers.slice(names.length) as [Growing, Growing]
    return new Chains(seed, parts, new Numbers(seed, ids), new Numbers(seed, words))
  }
}
