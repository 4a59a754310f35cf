// THREAD=REFERENCES (RFC 5256 section 3), steps 1 to 6: the References of every message tie it to its ancestors, those
// that are not here included; then what nobody needs is left out and threads of one subject are joined.
//
// A place of the forest is a number: below `idCount` that of an id, above it of a message without an id of its own, or
// of a place made when threads are joined.
//
// Invariants: no circle; no recursion, for a hostile chain may be as long as a mailbox; every loop over messages
// gives way to other connections.
import { Forest } from './forest'
import { orderBy } from './ranking'
import type { Gathered } from './thread'

type Breathe = () => Promise<void>

/** Deeper than any conversation of people, and a bound on what one message can cost. */
const deepest = 2_000
const breatheEvery = 1_000
const none = -1

class Threading {
  private readonly forest: Forest
  private readonly parent: Int32Array
  /** Where a place without message leads to; itself where nothing is above it. */
  private readonly above: Int32Array
  private next: number
  /** Of a place, the message whose date and subject are its own: that of its first child where it has none. */
  private readonly first: Int32Array

  constructor(
    private readonly all: Gathered,
    private readonly breathe: Breathe,
  ) {
    const { chains, at } = all
    const size = chains.idCount + 2 * at.length
    this.forest = new Forest(size)
    this.parent = new Int32Array(size).fill(none)
    this.above = new Int32Array(size).fill(none)
    this.first = new Int32Array(size).fill(none)
    this.next = chains.idCount
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
  private link(index: number): number {
    const { chains } = this.all
    const { message } = this.forest
    const position = this.all.at[index] as number
    const id = chains.own(position)
    // "If a message does not contain a valid Message ID, or it is not unique, assign a unique one."
    const own = id !== none && message[id] === none ? id : this.next++
    message[own] = index
    this.first[own] = index
    let last = none
    const ancestors = chains.ancestors(position)
    for (let at = 0; at < ancestors.length; at += 1) {
      const place = ancestors[at] as number
      if (last !== none && this.parent[place] === none && !this.isForbidden(last, place))
        this.parent[place] = last
      last = place
    }
    if (last !== none && this.parent[own] !== last && !this.isForbidden(last, own)) this.parent[own] = last
    return own
  }

  /**
   * Step 3: children of a place without message belong to the nearest one above it that has one, or to the topmost;
   * -1 for what stands at the top by itself. What is found is remembered for all on the way.
   */
  private parentOf(place: number): number {
    const { message } = this.forest
    let found = this.parent[place] as number
    if (found === none) return none
    while (message[found] === none) {
      const known = this.above[found] as number
      const next = known !== none ? known : (this.parent[found] as number)
      if (next === none || next === found) break
      found = next
    }
    for (let on = this.parent[place] as number; on !== found;) {
      const next = this.parent[on] as number
      this.above[on] = found
      on = next
    }
    return found
  }

  /** Steps 2 to 4: taken by date, messages stand in order under whoever they belong to. */
  private async plant(places: Int32Array): Promise<number[]> {
    const { forest, all } = this
    const tops: number[] = []
    const order = await orderBy(places.length, [{ values: all.dates, direction: 'up' }], this.breathe)
    for (let at = 0; at < order.length; at += 1) {
      const index = order[at] as number
      const place = places[index] as number
      const parent = this.parentOf(place)
      if (parent === none) tops.push(place)
      else {
        if (forest.message[parent] === none && forest.firstChild(parent) === none) {
          tops.push(parent)
          this.first[parent] = index
        }
        forest.append(parent, place)
      }
      if (at % breatheEvery === 0) await this.breathe()
    }
    // "Do not promote the children if doing so would make them children of the root, unless there is only one child."
    return tops.map((top) =>
      forest.message[top] === none && !forest.hasMany(top) ? forest.firstChild(top) : top,
    )
  }

  private positionOf(place: number): number {
    return this.all.at[this.first[place] as number] as number
  }
  private isAnswer(place: number): boolean {
    return this.all.chains.isAnswer(this.positionOf(place))
  }
  private isEmpty(place: number): boolean {
    return this.forest.message[place] === none
  }
  private byDate = (a: number, b: number): number => {
    const [one, other] = [this.first[a] as number, this.first[b] as number]
    const { dates } = this.all
    return (dates[one] as number) - (dates[other] as number) || one - other
  }

  /** Step 5: threads of one base subject are joined; an answer goes under what it answers. */
  private joinSubjects(roots: readonly number[]): number[] {
    const table = new Map<number, number>()
    for (const root of roots) {
      const subject = this.all.chains.subject(this.positionOf(root))
      if (subject === none) continue
      const held = table.get(subject)
      const better =
        held === undefined ||
        (this.isEmpty(root) && !this.isEmpty(held)) ||
        (!this.isAnswer(root) && this.isAnswer(held))
      if (better) table.set(subject, root)
    }
    const changed = new Set<number>()
    const left = roots.filter((root) => {
      const into = table.get(this.all.chains.subject(this.positionOf(root)))
      if (into === undefined || into === root) return true
      this.join(into, root)
      changed.add(into)
      return false
    })
    for (const root of changed) this.putInOrder(root)
    return left
  }

  private join(into: number, root: number): void {
    const { forest } = this
    if (this.isEmpty(into)) {
      if (this.isEmpty(root)) for (const child of forest.childrenOf(root)) forest.append(into, child)
      else forest.append(into, root)
    } else if (!this.isAnswer(into) && this.isAnswer(root)) forest.append(into, root)
    else {
      // Both become children of a place without message.
      const former = this.next++
      forest.message[former] = forest.message[into] as number
      this.first[former] = this.first[into] as number
      forest.setChildren(former, forest.childrenOf(into))
      forest.message[into] = none
      forest.setChildren(into, [former, root])
    }
  }

  /** Step 6, for what was joined. */
  private putInOrder(root: number): void {
    const { forest } = this
    const children = forest.childrenOf(root).sort(this.byDate)
    forest.setChildren(root, children)
    const own = forest.message[root] as number
    this.first[root] = own !== none ? own : (this.first[children[0] as number] as number)
  }

  async run(): Promise<Forest> {
    const places = new Int32Array(this.all.at.length)
    for (let index = 0; index < places.length; index += 1) {
      places[index] = this.link(index)
      if (index % breatheEvery === 0) await this.breathe()
    }
    const roots = this.joinSubjects(await this.plant(places))
    await this.breathe()
    this.forest.roots = roots.sort(this.byDate)
    return this.forest
  }
}

export const references = (all: Gathered, breathe: Breathe): Promise<Forest> =>
  new Threading(all, breathe).run()
