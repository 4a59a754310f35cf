// Counts by name that stay bounded, whatever names a log holds: past the bound everything new is one row.
export interface Tally {
  count: number
  bytes: number
}

const most = 50_000
const others = '(others)'

export class Tallies {
  readonly rows = new Map<string, Tally>()

  add(name: string, bytes = 0): void {
    const key = this.rows.has(name) || this.rows.size < most ? name : others
    const row = this.rows.get(key) ?? { count: 0, bytes: 0 }
    row.count += 1
    row.bytes += bytes
    this.rows.set(key, row)
  }

  top(by: keyof Tally, howMany: number): (Tally & { name: string })[] {
    return [...this.rows]
      .map(([name, row]) => ({ name, ...row }))
      .sort((one, other) => other[by] - one[by] || one.name.localeCompare(other.name))
      .slice(0, howMany)
  }
}
