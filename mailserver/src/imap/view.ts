// One session's view of the selected mailbox: which message has which number (RFC 9051 section 2.3.1.2).
//
// Invariants: `uids` changes only in `arrive` and `leave`, which the session calls when the RFC lets it tell the
// client; what happened meanwhile waits here, folded together, bounded by the size of the mailbox: no list is spread
// into arguments, of which a call takes about 125,000.
import type { MessageRow, StoreEvent } from '../store/contract'
import { rangesOf, type SequenceSet } from './grammar/set'

export type Access = 'read-write' | 'read-only'

const highest = (uids: readonly number[]): number => uids[uids.length - 1] ?? 0

export class View {
  private arrived: number[] = []
  private changed = new Map<number, MessageRow>()
  private gone = new Set<number>()
  /** What this session has been told about its own STOREs: their events are not news. */
  private told = new Map<number, number>()
  /** `$` (RFC 5182 section 2.1). */
  saved: readonly number[] = []

  constructor(
    readonly mailbox: number,
    readonly name: string,
    readonly access: Access,
    public uids: number[],
  ) {}

  /** 1-based, 0 when the client has not been told of it. */
  numberOf(uid: number): number {
    const at = lowerBound(this.uids, uid)
    return this.uids[at] === uid ? at + 1 : 0
  }

  /** UIDs a set names, ascending, each once; null when a sequence number does not exist. */
  resolve(set: SequenceSet, by: 'uid' | 'sequence'): number[] | null {
    if (set.saved) return this.saved.filter((uid) => this.numberOf(uid) > 0)
    const ranges = rangesOf(set, by === 'uid' ? highest(this.uids) : this.uids.length)
    if (by === 'sequence' && ranges.some(([from, to]) => from < 1 || to > this.uids.length)) return null
    const at = (edge: number) => (by === 'uid' ? lowerBound(this.uids, edge) : edge - 1)
    const slices = ranges
      .map(([from, to]) => [at(from), at(to + 1)] as const)
      .filter(([from, to]) => from < to)
      .sort((a, b) => a[0] - b[0])
    const found: number[] = []
    let reached = 0
    for (const [from, to] of slices) {
      for (let index = Math.max(from, reached); index < to; index += 1) found.push(this.uids[index] as number)
      reached = Math.max(reached, to)
    }
    return found
  }

  /** As UID ranges for the store's search. */
  ranges(set: SequenceSet, by: 'uid' | 'sequence'): [number, number][] | null {
    if (!set.saved && by === 'uid') return rangesOf(set, highest(this.uids))
    const uids = this.resolve(set, by)
    return uids && runsOf(uids)
  }

  /** Our own STORE has answered this change already. */
  expect(rows: readonly MessageRow[]): void {
    for (const row of rows) {
      const waiting = this.changed.get(row.uid)
      if (waiting && waiting.modSeq <= row.modSeq) this.changed.delete(row.uid)
      else if (!waiting) this.told.set(row.uid, row.modSeq)
    }
  }

  note(event: StoreEvent): void {
    if (event.type === 'mailboxes' || event.mailbox !== this.mailbox) return
    if (event.type === 'exists') for (const { uid } of event.rows) this.arrived.push(uid)
    if (event.type === 'expunged') for (const uid of event.uids) this.gone.add(uid)
    if (event.type === 'flags') for (const row of event.rows) this.noteFlags(row)
  }

  get hasNews(): boolean {
    return this.arrived.length > 0 || this.changed.size > 0 || this.gone.size > 0
  }

  /** New messages the client may now count; returns them. */
  arrive(): number[] {
    const last = highest(this.uids)
    const news = this.arrived.filter((uid) => uid > last && !this.gone.has(uid)).sort((a, b) => a - b)
    this.arrived = []
    for (const uid of news) this.uids.push(uid)
    return news
  }

  takeChanged(): MessageRow[] {
    const rows = [...this.changed.values()].filter(({ uid }) => !this.gone.has(uid) && this.numberOf(uid) > 0)
    this.changed.clear()
    return rows
  }

  /** Messages that are gone and that the client may now be told of, with their number at that moment. */
  leave(): { uid: number; number: number }[] {
    if (this.gone.size === 0) return []
    const lost = [...this.gone].filter((uid) => this.numberOf(uid) > 0).sort((a, b) => a - b)
    const told = lost.map((uid, before) => ({ uid, number: this.numberOf(uid) - before }))
    const { gone } = this
    if (lost.length > 0) this.uids = this.uids.filter((uid) => !gone.has(uid))
    if (this.saved.length > 0) this.saved = this.saved.filter((uid) => !gone.has(uid))
    for (const uid of lost) this.told.delete(uid)
    // What came and went before the client was told of it never was, for this client.
    this.arrived = this.arrived.filter((uid) => !gone.has(uid))
    this.gone = new Set()
    return told
  }

  /** What the client knows and is still there. */
  present(): number[] {
    return this.gone.size === 0 ? this.uids.slice() : this.uids.filter((uid) => !this.gone.has(uid))
  }

  isGone(uid: number): boolean {
    return this.gone.has(uid)
  }

  private noteFlags(row: MessageRow): void {
    const told = this.told.get(row.uid)
    if (told !== undefined) {
      this.told.delete(row.uid)
      if (row.modSeq <= told) return
    }
    this.changed.set(row.uid, row)
  }
}

export const lowerBound = (sorted: readonly number[], wanted: number): number => {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((sorted[middle] as number) < wanted) from = middle + 1
    else to = middle
  }
  return from
}

export const runsOf = (uids: readonly number[]): [number, number][] => {
  const runs: [number, number][] = []
  for (const uid of uids) {
    const last = runs[runs.length - 1]
    if (last && last[1] === uid - 1) last[1] = uid
    else runs.push([uid, uid])
  }
  return runs
}
