// One text that SORT orders by, of all contents of a user, in order: made once, extended by what arrives, so that SORT
// compares numbers. Copies and moves cost nothing, for contents keep their number.
//
// Invariants:
//  - `contents` ascend; `order` names positions in them, by text, equal ones by position; `ranks` are equal where texts are.
import type { Grown } from './kept'
import { ints, pack, unpack, type Growing } from './numbers'

type Breathe = () => Promise<void>
type Positions = Int32Array<ArrayBuffer>

const perRun = 2_000
const separator = '\0'

/** Without taking them apart; none and one empty text look the same. */
const textsIn = (text: string, expected: number): number => {
  if (text === '' && expected === 0) return 0
  let count = 1
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) count += 1
  return count
}

export class Column implements Grown {
  private contents: Growing = ints()
  private order: Positions = new Int32Array()
  private ranking: Positions = new Int32Array()
  private texts: string[] = []
  /** As read from a file, until something must be compared. */
  private unread: string | null = null
  private textLength = 0

  get count(): number {
    return this.contents.length
  }
  get last(): number {
    return this.contents.last
  }
  get cost(): number {
    return 12 * this.count + (this.unread === null ? 40 * this.count + 2 * this.textLength : this.textLength)
  }
  get all(): Growing {
    return this.contents
  }
  /** By position. */
  get ranks(): Int32Array {
    return this.ranking
  }

  /** `breathe` lets other connections have their turn. */
  async add(
    fresh: { contents: readonly number[]; texts: readonly string[] },
    breathe: Breathe,
  ): Promise<void> {
    if (fresh.contents.length === 0) return
    this.readTexts()
    const first = this.count
    for (const content of fresh.contents) this.contents.push(content)
    for (const text of fresh.texts) {
      this.texts.push(text)
      this.textLength += text.length
    }
    let runs: Positions[] = []
    for (let at = first; at < this.count; at += perRun) {
      runs.push(this.sortedRun(at, Math.min(at + perRun, this.count)))
      await breathe()
    }
    while (runs.length > 1) {
      const merged: Positions[] = []
      for (let at = 0; at < runs.length; at += 2) {
        merged.push(this.merge(runs[at] as Positions, runs[at + 1] ?? new Int32Array()))
        await breathe()
      }
      runs = merged
    }
    this.order = this.merge(this.order, runs[0] as Positions)
    await breathe()
    this.rank()
  }

  pack(): Buffer {
    const numbers = [this.contents, ...[this.order, this.ranking].map(asGrowing)]
    return pack({ numbers, text: this.unread ?? this.texts.join(separator) })
  }

  static unpack(bytes: Buffer): Column | null {
    const packed = unpack(bytes, 3)
    if (!packed) return null
    const column = new Column()
    const [contents, order, ranking] = packed.numbers as [Growing, Growing, Growing]
    const lengths = [order.length, ranking.length, textsIn(packed.text, contents.length)]
    if (lengths.some((length) => length !== contents.length)) return null
    column.contents = contents
    column.order = order.values as Positions
    column.ranking = ranking.values as Positions
    column.unread = packed.text
    column.textLength = packed.text.length
    return column
  }

  private readTexts(): void {
    if (this.unread === null) return
    this.texts = this.count === 0 ? [] : this.unread.split(separator)
    this.unread = null
  }

  private compare(a: number, b: number): number {
    const [one, other] = [this.texts[a] as string, this.texts[b] as string]
    return one === other ? a - b : one < other ? -1 : 1
  }

  private sortedRun(from: number, to: number): Positions {
    return Int32Array.from({ length: to - from }, (_, at) => from + at).sort((a, b) => this.compare(a, b))
  }

  private merge(one: Positions, other: Positions): Positions {
    if (one.length === 0) return other
    const merged = new Int32Array(one.length + other.length)
    let [a, b] = [0, 0]
    for (let at = 0; at < merged.length; at += 1) {
      const takeOne =
        b >= other.length || (a < one.length && this.compare(one[a] as number, other[b] as number) < 0)
      merged[at] = (takeOne ? one[a++] : other[b++]) as number
    }
    return merged
  }

  private rank(): void {
    const ranks = new Int32Array(this.order.length)
    let rank = 0
    for (let at = 1; at < this.order.length; at += 1) {
      const [before, now] = [this.order[at - 1] as number, this.order[at] as number]
      if (this.texts[before] !== this.texts[now]) rank += 1
      ranks[now] = rank
    }
    this.ranking = ranks
  }
}

const asGrowing = (positions: Positions): Growing => {
  const growing = ints()
  for (const position of positions) growing.push(position)
  return growing
}
