// THREAD=REFERENCES (RFC 5256 section 3), steps 1 to 6: the References of every message tie it to its ancestors, those
// that are not here included; then what nobody needs is pruned and threads of one subject are joined.
//
// A place of the tree is a number: below `idCount` that of an id, above it of a message without an id of its own, or of
// a place made when threads are joined.
//
// Invariants: no circle; no recursion, for a hostile chain may be as long as a mailbox; every loop over messages
// gives way to other connections.
import type { Chains } from './chains'
import type { Forest } from './thread'

type Breathe = () => Promise<void>

/** Deeper than any conversation of people, and a bound on what one message can cost. */
const deepest = 2_000
const breatheEvery = 1_000
const none = -1

class Threading {
  private readonly message: Int32Array
  private readonly parent: Int32Array
  private readonly met: number[] = []
  private readonly isMet: Uint8Array
  private next: number
  private children: (number[] | undefined)[] = []
  /** Of a place, the message whose date and subject are its own: that of its first child where it has none. */
  private readonly first: Int32Array

  constructor(
    private readonly chains: Chains,
    private readonly wanted: readonly number[],
    private readonly breathe: Breathe,
  ) {
    const size = chains.idCount + 2 * wanted.length
    this.message = new Int32Array(size).fill(none)
    this.parent = new Int32Array(size).fill(none)
    this.first = new Int32Array(size).fill(none)
    this.isMet = new Uint8Array(size)
    this.next = chains.idCount
  }

  private meet(place: number): number {
    if (this.isMet[place] === 0) {
      this.isMet[place] = 1
      this.met.push(place)
    }
    return place
  }

  /** Would `child` under `parent` close a circle, or grow deeper than we go? */
  private isForbidden(parent: number, child: number): boolean {
    let above = parent
    for (let step = 0; above !== none; step += 1) {
      if (above === child || step >= deepest) return true
      above = this.parent[above] as number
    }
    return false
  }

  /** Step 1: links that are there stay, but the last of a message's own References is its parent. */
  private link(position: number): void {
    const id = this.chains.own[position] as number
    // "If a message does not contain a valid Message ID, or it is not unique, assign a unique one."
    const own = this.meet(id !== none && this.message[id] === none ? id : this.next++)
    this.message[own] = position
    let last = none
    for (const place of this.chains.ancestors[position] as readonly number[]) {
      this.meet(place)
      if (last !== none && this.parent[place] === none && !this.isForbidden(last, place))
        this.parent[place] = last
      last = place
    }
    if (last !== none && this.parent[own] !== last && !this.isForbidden(last, own)) this.parent[own] = last
  }

  private byDate = (a: number, b: number): number => {
    const [one, other] = [this.first[a] as number, this.first[b] as number]
    return (this.chains.dates[one] as number) - (this.chains.dates[other] as number) || one - other
  }

  private sorted(places: number[]): number[] {
    return places.length > 1 ? places.sort(this.byDate) : places
  }

  /** Parents before their children. */
  private async downwards(): Promise<number[]> {
    const below: (number[] | undefined)[] = new Array(this.message.length)
    const order: number[] = []
    for (const place of this.met) {
      const parent = this.parent[place] as number
      if (parent === none) order.push(place)
      else (below[parent] ??= []).push(place)
    }
    for (let at = 0; at < order.length; at += 1) {
      const children = below[order[at] as number]
      if (children) for (const child of children) order.push(child)
      if (at % breatheEvery === 0) await this.breathe()
    }
    this.children = below
    return order
  }

  /** Step 3: who is not here and has no children goes; else the children take the place, at the top only one may. */
  private async prune(): Promise<number[]> {
    const order = await this.downwards()
    for (let at = order.length - 1; at >= 0; at -= 1) {
      const place = order[at] as number
      const children = this.children[place]
      const only = children?.length === 1 ? (children[0] as number) : none
      if (only !== none && this.message[only] === none) this.children[place] = this.children[only]
      else if (children) {
        const kept = children.flatMap((child) =>
          this.message[child] === none ? (this.children[child] ?? []) : child,
        )
        this.children[place] = this.sorted(kept)
      }
      const own = this.message[place] as number
      const eldest = this.children[place]?.[0]
      this.first[place] = own !== none ? own : eldest === undefined ? none : (this.first[eldest] as number)
      if (at % breatheEvery === 0) await this.breathe()
    }
    const roots: number[] = []
    for (const place of this.met) {
      if (this.parent[place] !== none) continue
      const children = this.children[place] ?? []
      if (this.message[place] !== none || children.length > 1) roots.push(place)
      else if (children[0] !== undefined) roots.push(children[0])
    }
    return roots
  }

  private kindOf(place: number) {
    return this.chains.kinds[this.first[place] as number]
  }

  /** Step 5: threads of one base subject are joined; an answer goes under what it answers. */
  private joinSubjects(roots: readonly number[]): number[] {
    const table = new Map<number, number>()
    const subjectOf = (place: number) => this.chains.subjects[this.first[place] as number] as number
    const isEmpty = (place: number) => this.message[place] === none
    for (const root of roots) {
      const subject = subjectOf(root)
      const held = table.get(subject)
      const better =
        held === undefined ||
        (isEmpty(root) && !isEmpty(held)) ||
        (this.kindOf(root) === 'original' && this.kindOf(held) === 'answer')
      if (subject !== none && better) table.set(subject, root)
    }
    return roots.filter((root) => {
      const into = table.get(subjectOf(root))
      if (into === undefined || into === root) return true
      this.join(into, root)
      return false
    })
  }

  private join(into: number, root: number): void {
    const children = (this.children[into] ??= [])
    if (this.message[into] === none) {
      if (this.message[root] === none) children.push(...(this.children[root] ?? []))
      else children.push(root)
    } else if (this.kindOf(into) === 'original' && this.kindOf(root) === 'answer') children.push(root)
    else {
      // Both become children of a place without message.
      const former = this.next++
      this.message[former] = this.message[into] as number
      this.first[former] = this.first[into] as number
      this.children[former] = children
      this.message[into] = none
      this.children[into] = [former, root]
    }
  }

  async run(): Promise<Forest> {
    for (const [at, position] of this.wanted.entries()) {
      this.link(position)
      if (at % breatheEvery === 0) await this.breathe()
    }
    const roots = this.joinSubjects(this.sorted(await this.prune()))
    await this.breathe()
    // Step 6: what was joined is in order again.
    for (const root of roots) {
      const children = this.children[root]
      if (children) this.sorted(children)
      const own = this.message[root] as number
      this.first[root] = own !== none ? own : (this.first[children?.[0] as number] as number)
    }
    return { roots: this.sorted(roots), children: this.children, message: this.message }
  }
}

/** `wanted` are ascending positions in `chains`. */
export const references = (chains: Chains, wanted: readonly number[], breathe: Breathe): Promise<Forest> =>
  new Threading(chains, wanted, breathe).run()
