// What FETCH tells of messages without reading their files, many at once: of 100,000 envelopes one by one, most of the
// time went into asking.
import type { Context } from './context'
import type { MessageColumn, ToldMessages } from './contract'

const narrow = ['modseq', 'flags', 'internal', 'saved', 'size'] as const
const wide = ['envelope', 'body', 'structure', 'preview', 'hash', 'thread'] as const

/** The narrow columns together or not at all: what a client can ask for makes a bounded number of statements. */
const columnsFor = (which: ReadonlySet<MessageColumn>): MessageColumn[] => {
  const few = narrow.some((column) => which.has(column)) ? narrow : []
  return ['uid', ...few, ...wide.filter((column) => which.has(column))]
}

interface Asked {
  range: { from: number; to: number }
  which: ReadonlySet<MessageColumn>
}

export const readTold = (ctx: Context, mailbox: number, { range, which }: Asked): ToldMessages => {
  const columns = columnsFor(which)
  const facts = wide.some((column) => which.has(column)) ? 'join content on content.id = content' : ''
  const records = ctx
    .q(
      `select ${columns.join(', ')} from message ${facts} where mailbox = ? and uid between ? and ? order by uid`,
    )
    .raw()
    .all(mailbox, range.from, range.to) as ToldMessages['records']
  return { columns, records }
}
