import { Fragment, Slice, type Node } from 'prosemirror-model'
import { TextSelection, type Command } from 'prosemirror-state'
import { canSplit } from 'prosemirror-transform'
import { schema } from './schema'

const { blockquote, paragraph } = schema.nodes

/** Enter in a quoted original cuts it in two and leaves a line between: that is how one answers inside a quote. */
export const quoteSplit: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  if (!empty) return false
  let depth = 0
  for (let at = 1; at <= $from.depth; at++)
    if ($from.node(at).type === blockquote) {
      depth = at
      break
    }
  const isQuoted = depth > 0 && isOriginal(state.doc, $from.before(depth))
  if (!isQuoted) return false
  const levels = $from.depth - depth + 1
  const transaction = state.tr
  const atEnd = $from.pos === $from.end(depth) - (levels - 1)
  if (!atEnd && !canSplit(transaction.doc, $from.pos, levels)) return false
  const line = new Slice(Fragment.from(paragraph.create()), 0, 0)
  const cut = atEnd ? $from.after(depth) : $from.pos + levels
  if (!atEnd) transaction.split($from.pos, levels)
  transaction.replace(cut, cut, line)
  transaction.setSelection(TextSelection.create(transaction.doc, cut + 1))
  dispatch?.(transaction.scrollIntoView())
  return true
}

/** A quote below an attribution came with the message; one that was made here ends like any block. */
function isOriginal(doc: Node, at: number): boolean {
  let found = false
  doc.forEach((node, offset) => {
    if (offset < at && node.attrs.role === 'attribution') found = true
  })
  return found
}
