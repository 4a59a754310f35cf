import 'server-only'
import type { FolderId } from '@/lib/model/folder-id'

// Hits of many folders as one list, newest first. Each pile is in order already, so only the dates of those at the
// front are needed: they are fetched in steps, as far as somebody scrolls.

/** What a folder, or a piece of one, was found to hold. */
export interface Pile {
  folder: FolderId
  path: string
  uidValidity: string
  /** Newest first. */
  uids: number[]
  dates: Map<number, number>
}

export interface Merged {
  pile: Pile
  uid: number
}

export class Merging {
  readonly merged: Merged[] = []
  private readonly taken = new Map<Pile, number>()
  constructor(
    private readonly piles: Pile[],
    /** Sees to it that the dates of these are known; what is gone may stay unknown. */
    private readonly dateOf: (pile: Pile, uids: number[]) => Promise<void>,
  ) {}

  get total(): number {
    return this.merged.length + this.open().reduce((sum, pile) => sum + pile.uids.length - this.at(pile), 0)
  }

  /** At least `count` hits in their order, or all there are. */
  async upTo(count: number): Promise<void> {
    for (let open = this.open(); this.merged.length < count && open.length > 0; open = this.open()) {
      if (open.length > 1) for (const pile of open) if (!this.isKnown(pile)) await this.look(pile)
      const pile = open.reduce((first, other) => (this.front(other) > this.front(first) ? other : first))
      this.merged.push({ pile, uid: pile.uids[this.at(pile)] ?? 0 })
      this.taken.set(pile, this.at(pile) + 1)
    }
  }

  /** What turned out to be gone. */
  drop(gone: ReadonlySet<Merged>): void {
    const left = this.merged.filter((one) => !gone.has(one))
    this.merged.splice(0, this.merged.length, ...left)
  }

  private open(): Pile[] {
    return this.piles.filter((pile) => this.at(pile) < pile.uids.length)
  }

  private at(pile: Pile): number {
    return this.taken.get(pile) ?? 0
  }

  private front(pile: Pile): number {
    return pile.dates.get(pile.uids[this.at(pile)] ?? 0) ?? 0
  }

  private isKnown(pile: Pile): boolean {
    return pile.dates.has(pile.uids[this.at(pile)] ?? 0)
  }

  private async look(pile: Pile): Promise<void> {
    const at = this.at(pile)
    const next = pile.uids.slice(at, at + datesAtOnce)
    await this.dateOf(pile, next)
    for (const uid of next) if (!pile.dates.has(uid)) pile.dates.set(uid, 0)
  }
}

export const datesAtOnce = 200
