// What the administrator does to the queue from another process: through the database, which the running server
// looks at every second.
import type Database from 'better-sqlite3'
import { queueStatements } from './database'
import type { QueuedMessage } from './model'

export interface QueueControl {
  list(): QueuedMessage[]
  hold(id: string): boolean
  release(id: string): boolean
  remove(id: string): boolean
  /** Everything that waits is due now; one message only when its id is given. */
  flush(id?: string): number
}

export const controlQueue = (db: Database.Database): QueueControl => {
  const change = (sql: string, ...values: unknown[]) => db.prepare(sql).run(...values).changes
  return {
    list: () => queueStatements(db).load(),
    hold: (id) => change('UPDATE messages SET held = 1 WHERE id = ?', id) > 0,
    release: (id) => change('UPDATE messages SET held = 0 WHERE id = ?', id) > 0,
    remove: (id) =>
      db.transaction(() => {
        change('DELETE FROM recipients WHERE message = ?', id)
        return change('DELETE FROM messages WHERE id = ?', id) > 0
      })(),
    flush: (id) =>
      id === undefined
        ? change('UPDATE recipients SET due = 0')
        : change('UPDATE recipients SET due = 0 WHERE message = ?', id),
  }
}

/** Columns of qshape: how old what waits for a domain is, in minutes. */
const ages = [5, 10, 20, 40, 80, 160, 320, 640, 1280] as const

/** One line of qshape: a domain, its total, and how many are younger than each age, the oldest last. */
export interface ShapeRow {
  domain: string
  total: number
  byAge: Record<string, number>
}

const columns = [...ages.map(String), `${ages.at(-1)}+`]

/** Recipient domains by age, in qshape's columns: the busiest first, the total on top. */
export const shapeOf = (messages: readonly QueuedMessage[], now: number): ShapeRow[] => {
  const rows = new Map<string, number[]>()
  const count = (domain: string, minutes: number) => {
    const row = rows.get(domain) ?? Array<number>(ages.length + 2).fill(0)
    const column = ages.findIndex((age) => minutes < age)
    row[0] = (row[0] ?? 0) + 1
    const at = column < 0 ? ages.length + 1 : column + 1
    row[at] = (row[at] ?? 0) + 1
    rows.set(domain, row)
  }
  for (const { receivedAt, recipients } of messages) {
    for (const { address } of recipients) {
      const minutes = (now - receivedAt) / 60_000
      count('TOTAL', minutes)
      count(address.split('@').pop()?.toLowerCase() ?? '', minutes)
    }
  }
  return [...rows]
    .sort(
      ([one, a], [other, b]) =>
        Number(other === 'TOTAL') - Number(one === 'TOTAL') || (b[0] ?? 0) - (a[0] ?? 0),
    )
    .map(([domain, [total = 0, ...counts]]) => ({
      domain,
      total,
      byAge: Object.fromEntries(columns.map((column, at) => [column, counts[at] ?? 0])),
    }))
}

/** As qshape prints it. */
export const asShape = (shape: readonly ShapeRow[]): string => {
  const head = ['', 'T', ...columns]
  const body = shape.map(({ domain, total, byAge }) => [
    domain,
    ...[total, ...columns.map((column) => byAge[column] ?? 0)].map(String),
  ])
  return [head, ...body]
    .map(([domain = '', ...cells]) => domain.padStart(30) + cells.map((each) => each.padStart(6)).join(''))
    .join('\n')
}
