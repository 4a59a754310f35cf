// One sort key of a whole mailbox, in order: made once, extended by what arrives, so that SORT of 100,000 messages is a
// walk and not a sort.
//
// Invariants:
//  - `uids` ascend, and hold every message of the mailbox up to the last of them; expunged ones may linger.
//  - `order` names positions in `uids`, by value, equal ones by position; `ranks` are equal where values are.
export type Value = number | string
type Positions = Int32Array<ArrayBuffer>

const perRun = 2_000

/** What is known of every message of a mailbox up to some UID, ascending; kept, and extended by what arrives. */
export class Grown {
  readonly uids: number[] = []
  /** Bytes it takes of memory, about. */
  cost = 0
  private working: Promise<unknown> = Promise.resolve()

  get last(): number {
    return this.uids[this.uids.length - 1] ?? 0
  }

  /** One after the other: two sessions may ask for the same messages at once. */
  extend(work: () => Promise<void>): Promise<void> {
    const mine = this.working.then(work)
    this.working = mine.catch(() => undefined)
    return mine
  }

  /** For ascending UIDs their positions here, -1 where there is none. */
  positions(uids: readonly number[]): Int32Array {
    const found = new Int32Array(uids.length).fill(-1)
    let at = 0
    for (const [index, uid] of uids.entries()) {
      while (at < this.uids.length && (this.uids[at] as number) < uid) at += 1
      if (this.uids[at] === uid) found[index] = at
    }
    return found
  }
}

export class Column extends Grown {
  private readonly values: Value[] = []
  order: Positions = new Int32Array()
  ranks: Positions = new Int32Array()
  /** `breathe` lets other connections have their turn. */
  async add(fresh: readonly { uid: number; value: Value }[], breathe: () => Promise<void>): Promise<void> {
    if (fresh.length === 0) return
    const first = this.uids.length
    for (const { uid, value } of fresh) {
      this.uids.push(uid)
      this.values.push(value)
      this.cost += 24 + (typeof value === 'string' ? 16 + 2 * value.length : 0)
    }
    let runs: Positions[] = []
    for (let at = first; at < this.uids.length; at += perRun) {
      runs.push(this.sortedRun(at, Math.min(at + perRun, this.uids.length)))
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

  private compare(a: number, b: number): number {
    const [one, other] = [this.values[a] as Value, this.values[b] as Value]
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
      if (this.values[before] !== this.values[now]) rank += 1
      ranks[now] = rank
    }
    this.ranks = ranks
  }
}
