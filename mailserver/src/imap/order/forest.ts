// Trees of places, each a number, as lists in typed arrays: 100,000 messages make no objects.
const none = -1

export class Forest {
  roots: number[] = []
  private readonly head: Int32Array
  private readonly tail: Int32Array
  private readonly next: Int32Array
  /** Of a place, the index of its message, or -1 where others name one that is not in the mailbox. */
  readonly message: Int32Array

  constructor(size: number) {
    this.head = new Int32Array(size).fill(none)
    this.tail = new Int32Array(size).fill(none)
    this.next = new Int32Array(size).fill(none)
    this.message = new Int32Array(size).fill(none)
  }

  firstChild(place: number): number {
    return this.head[place] as number
  }
  sibling(place: number): number {
    return this.next[place] as number
  }
  hasMany(place: number): boolean {
    return this.head[place] !== this.tail[place]
  }

  append(parent: number, child: number): void {
    const last = this.tail[parent] as number
    if (last === none) this.head[parent] = child
    else this.next[last] = child
    this.tail[parent] = child
    this.next[child] = none
  }

  childrenOf(place: number): number[] {
    const children: number[] = []
    for (let child = this.firstChild(place); child !== none; child = this.sibling(child)) children.push(child)
    return children
  }

  setChildren(place: number, children: readonly number[]): void {
    this.head[place] = none
    this.tail[place] = none
    for (const child of children) this.append(place, child)
  }
}

/** `(1)(2 3 (4)(5 6))`; written without recursion into depth, for a hostile chain may be as long as a mailbox. */
export const writeThreads = (forest: Forest, numberOf: (index: number) => number): string => {
  let text = ''
  // Those whose parenthesis is open.
  const open: number[] = []
  for (const root of forest.roots) {
    text += '('
    open.push(root)
    let place = root
    while (place !== none) {
      const own = forest.message[place] as number
      const child = forest.firstChild(place)
      if (own !== none) text += child === none ? numberOf(own) : `${numberOf(own)} `
      // RFC 5256 section 4: a single child goes on in the same parentheses.
      if (child !== none && !forest.hasMany(place)) place = child
      else if (child !== none) {
        text += '('
        open.push(child)
        place = child
      } else place = none
      while (place === none && open.length > 0) {
        const closed = open.pop() as number
        text += ')'
        const sibling = open.length > 0 ? forest.sibling(closed) : none
        if (sibling === none) continue
        text += '('
        open.push(sibling)
        place = sibling
      }
    }
  }
  return text
}
