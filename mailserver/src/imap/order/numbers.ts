// Lists of numbers that grow, and how they are kept in a file: typed arrays, so that 100,000 of them are read as they lie.
type Kind = typeof Int32Array | typeof Float64Array
type Data = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

export class Growing {
  private data: Data
  length: number
  constructor(
    private readonly kind: Kind,
    from: Data = new kind(64),
    length = 0,
  ) {
    this.data = from
    this.length = length
  }
  push(value: number): void {
    if (this.length === this.data.length) {
      const larger = new this.kind(Math.max(64, 2 * this.length))
      larger.set(this.data)
      this.data = larger
    }
    this.data[this.length++] = value
  }
  at(index: number): number {
    return this.data[index] as number
  }
  get last(): number {
    return this.length === 0 ? 0 : this.at(this.length - 1)
  }
  get values(): Data {
    return this.data.subarray(0, this.length)
  }
  /** Bytes. */
  get cost(): number {
    return this.data.byteLength
  }
  /** Index of `wanted` where values ascend, looked for from `near` on; -1 where it is not. */
  indexOf(wanted: number, near: number): number {
    const { data, length } = this
    if (near < length && data[near] === wanted) return near
    let [from, to] = [0, length]
    while (from < to) {
      const middle = (from + to) >>> 1
      if ((data[middle] as number) < wanted) from = middle + 1
      else to = middle
    }
    return from < length && data[from] === wanted ? from : -1
  }
}

export const ints = () => new Growing(Int32Array)
export const floats = () => new Growing(Float64Array)

/** For each of `wanted`, mostly ascending, its index in the ascending `all`, -1 where there is none. */
export const positionsIn = (all: Growing, wanted: ArrayLike<number>): Int32Array => {
  const found = new Int32Array(wanted.length)
  let near = 0
  for (let at = 0; at < wanted.length; at += 1) {
    const position = all.indexOf(wanted[at] as number, near)
    found[at] = position
    if (position >= 0) near = position + 1
  }
  return found
}

/** The values at positions, NaN at -1. */
export const valuesAt = (values: ArrayLike<number>, positions: Int32Array): Float64Array => {
  const found = new Float64Array(positions.length)
  for (let at = 0; at < positions.length; at += 1) {
    const position = positions[at] as number
    found[at] = position < 0 ? NaN : (values[position] as number)
  }
  return found
}

export const hasNaN = (values: Float64Array): boolean => {
  for (let at = 0; at < values.length; at += 1) if (Number.isNaN(values[at])) return true
  return false
}

interface Packed {
  numbers: Growing[]
  text: string
}

// Of another version nothing is read.
const version = 1

export const pack = ({ numbers, text }: Packed): Buffer => {
  const kinds = numbers.map(({ values }) => [values instanceof Int32Array ? 4 : 8, values.length])
  const head = Buffer.from(JSON.stringify({ version, kinds }))
  const size = Buffer.alloc(4)
  size.writeUInt32LE(head.length)
  const arrays = numbers.map(({ values }) => Buffer.from(values.buffer, values.byteOffset, values.byteLength))
  return Buffer.concat([size, head, ...arrays, Buffer.from(text)])
}

/** Null for what was not packed by this version, in this shape. */
export const unpack = (bytes: Buffer, count: number): Packed | null => {
  try {
    const end = 4 + bytes.readUInt32LE()
    const head = JSON.parse(bytes.toString('utf8', 4, end)) as { version: number; kinds: [number, number][] }
    if (head.version !== version || head.kinds.length !== count) return null
    let at = end
    const numbers = head.kinds.map(([width, length]) => {
      const copy = new Uint8Array(bytes.subarray(at, at + width * length)).buffer
      at += width * length
      return width === 4
        ? new Growing(Int32Array, new Int32Array(copy), length)
        : new Growing(Float64Array, new Float64Array(copy), length)
    })
    return { numbers, text: bytes.toString('utf8', at) }
  } catch {
    return null
  }
}
