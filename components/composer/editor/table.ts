import type { Attrs, DOMOutputSpec, Node, NodeSpec, NodeType } from 'prosemirror-model'
import { TextSelection, type Command, type EditorState, type Transaction } from 'prosemirror-state'

// Tables of a message: rows of cells, as mail clients draw them. What lays out a newsletter is no table: it is
// read as the text it holds.

const mostRows = 200
const mostCells = 30

const childrenOf = (dom: globalThis.Node): HTMLElement[] =>
  [...dom.childNodes].filter((node): node is HTMLElement => node.nodeType === 1)

const nameOf = (dom: HTMLElement): string => dom.nodeName.toLowerCase()
const parts = new Set(['tbody', 'thead', 'tfoot'])
const rowsOf = (table: HTMLElement): HTMLElement[] =>
  childrenOf(table)
    .flatMap((child) => (parts.has(nameOf(child)) ? childrenOf(child) : [child]))
    .filter((child) => nameOf(child) === 'tr')

/** Nothing that only stands in pages: tables, boxes that are laid out, more than a table anybody reads. */
const layout = new Set(['table', 'center', 'h1', 'h2', 'hr'])
const nested = new Set(['table'])
function holds(dom: HTMLElement, names: ReadonlySet<string>, depth = 0): boolean {
  if (depth > 6) return true
  return childrenOf(dom).some((child) => names.has(nameOf(child)) || holds(child, names, depth + 1))
}

/** A table that was made here: it stays one when its draft is opened again. */
export const ownTable = 'written'
const isOwn = (table: HTMLElement): boolean => table.getAttribute('class') === ownTable

/** A table that tells something: several rows of the same several cells. */
function isForReading(table: HTMLElement): boolean {
  if (table.getAttribute('role') === 'presentation') return false
  const rows = rowsOf(table)
  if (rows.length < 1 || rows.length > mostRows) return false
  const counts = rows.map((row) => childrenOf(row).length)
  const [first = 0] = counts
  const fewest = isOwn(table) ? 1 : 2
  if (first < fewest || first > mostCells || counts.some((count) => count !== first)) return false
  const forbidden = isOwn(table) ? nested : layout
  return !rows.some((row) => childrenOf(row).some((cell) => holds(cell, forbidden)))
}

const cell = (dom: HTMLElement): Attrs => ({ head: nameOf(dom) === 'th' ? 'yes' : 'no' })

export const tableNodes = {
  table: {
    content: 'table_row+',
    group: 'block',
    isolating: true,
    parseDOM: [{ tag: 'table', getAttrs: (dom: HTMLElement) => (isForReading(dom) ? null : false) }],
    toDOM: (): DOMOutputSpec => ['table', ['tbody', 0]],
  },
  table_row: {
    content: 'table_cell+',
    parseDOM: [{ tag: 'tr', context: 'table/' }],
    toDOM: (): DOMOutputSpec => ['tr', 0],
  },
  table_cell: {
    content: 'block+',
    isolating: true,
    attrs: { head: { default: 'no' } },
    parseDOM: [
      { tag: 'td', context: 'table_row/', getAttrs: cell },
      { tag: 'th', context: 'table_row/', getAttrs: cell },
    ],
    toDOM: ({ attrs }: Node): DOMOutputSpec => [attrs.head === 'yes' ? 'th' : 'td', 0],
  },
} satisfies Record<string, NodeSpec>

interface Place {
  table: Node
  /** Before the table. */
  at: number
  row: number
  column: number
}

/** The cell the cursor is in. */
export function cellAt({ selection }: EditorState): Place | null {
  const { $from } = selection
  for (let depth = $from.depth; depth > 1; depth--)
    if ($from.node(depth).type.name === 'table_cell')
      return {
        table: $from.node(depth - 2),
        at: $from.before(depth - 2),
        row: $from.index(depth - 2),
        column: $from.index(depth - 1),
      }
  return null
}

const emptyCell = ({ type }: Node): Node => type.createAndFill()!
const childrenIn = (node: Node): Node[] => Array.from({ length: node.childCount }, (_, i) => node.child(i))

type Cursor = [row: number, column: number]

/** Puts the cursor into a cell of the table that stands at `at`. */
function enter(tr: Transaction, at: number, [row, column]: Cursor): Transaction {
  const table = tr.doc.nodeAt(at)!
  let inside = at + 1
  for (let before = 0; before < row; before++) inside += table.child(before).nodeSize
  inside += 1
  for (let before = 0; before < column; before++) inside += table.child(row).child(before).nodeSize
  return tr.setSelection(TextSelection.near(tr.doc.resolve(inside + 1))).scrollIntoView()
}

const inTable =
  (change: (place: Place) => { rows: Node[]; cursor: Cursor } | 'gone'): Command =>
  (state, dispatch) => {
    const place = cellAt(state)
    if (!place) return false
    const done = change(place)
    const { at, table } = place
    if (done === 'gone') dispatch?.(state.tr.delete(at, at + table.nodeSize).scrollIntoView())
    else {
      const next = table.type.create(table.attrs, done.rows)
      dispatch?.(enter(state.tr.replaceWith(at, at + table.nodeSize, next), at, done.cursor))
    }
    return true
  }

export const tableCommands = {
  rowBelow: inTable(({ table, row, column }) => {
    const model = table.child(row)
    const fresh = model.type.create(null, childrenIn(model).map(emptyCell))
    return { rows: childrenIn(table).toSpliced(row + 1, 0, fresh), cursor: [row + 1, column] }
  }),
  columnAfter: inTable(({ table, row, column }) => ({
    rows: childrenIn(table).map((one) => {
      const cells = childrenIn(one)
      const beside = cells[Math.min(column, cells.length - 1)]!
      return one.type.create(one.attrs, cells.toSpliced(column + 1, 0, emptyCell(beside)))
    }),
    cursor: [row, column + 1],
  })),
  removeRow: inTable(({ table, row, column }) =>
    table.childCount === 1
      ? 'gone'
      : { rows: childrenIn(table).toSpliced(row, 1), cursor: [Math.max(0, row - 1), column] },
  ),
  removeColumn: inTable(({ table, row, column }) =>
    table.child(row).childCount === 1
      ? 'gone'
      : {
          rows: childrenIn(table).map((one) =>
            one.type.create(one.attrs, childrenIn(one).toSpliced(column, 1)),
          ),
          cursor: [row, Math.max(0, column - 1)],
        },
  ),
  removeTable: inTable(() => 'gone'),
} satisfies Record<string, Command>

export type TableCommand = keyof typeof tableCommands

/** To the next cell, or the one before; behind the last one a row is added. */
export const goToCell =
  (step: 1 | -1): Command =>
  (state, dispatch, view) => {
    const place = cellAt(state)
    if (!place) return false
    const { table, row, column } = place
    const width = table.child(row).childCount
    const next = row * width + column + step
    if (next < 0) return false
    if (next >= table.childCount * width) return tableCommands.rowBelow(state, dispatch, view)
    dispatch?.(enter(state.tr, place.at, [Math.floor(next / width), next % width]))
    return true
  }

/** What is selected across cells is taken out of each: deleted as one text it would tear the rows apart. */
export const emptyCells: Command = (state, dispatch) => {
  const { $from, $to, from, to } = state.selection
  const { name } = $from.node($from.sharedDepth(to)).type
  if (name !== 'table' && name !== 'table_row') return false
  const cells: { start: number; end: number; type: NodeType }[] = []
  state.doc.nodesBetween($from.pos, $to.pos, (node, at) => {
    const isCell = node.type.name === 'table_cell'
    if (isCell) cells.push({ start: at + 1, end: at + node.nodeSize - 1, type: node.type })
    return !isCell
  })
  const { tr } = state
  // From the last to the first, so that places stay true.
  for (const { start, end, type } of cells.reverse())
    if (start >= from && end <= to) tr.replaceWith(start, end, type.createAndFill()!.content)
    else tr.delete(Math.max(start, from), Math.min(end, to))
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(from))).scrollIntoView())
  return true
}

/** A table of this many empty cells where the cursor is; none within another. */
export const insertTable =
  (rows: number, columns: number): Command =>
  (state, dispatch) => {
    if (cellAt(state)) return false
    const { table, table_row: row, table_cell: cell } = state.schema.nodes
    const cells = Array.from({ length: columns }, () => cell!.createAndFill()!)
    const made = table!.create(
      null,
      Array.from({ length: rows }, () => row!.create(null, cells)),
    )
    const { from, to } = state.selection
    const tr = state.tr.replaceRangeWith(from, to, made)
    let at = 0
    tr.doc.descendants((node, place) => {
      if (node === made || (node.type === table && node.eq(made))) at = place
      return node.type !== table
    })
    // Behind a table that ends the message nobody could write on.
    const end = at + made.nodeSize
    if (!tr.doc.resolve(end).nodeAfter) tr.insert(end, state.schema.nodes.paragraph!.create())
    dispatch?.(enter(tr, at, [0, 0]))
    return true
  }
