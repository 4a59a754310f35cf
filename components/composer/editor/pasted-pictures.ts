import type { Node } from 'prosemirror-model'
import { Plugin, type EditorState, type Transaction } from 'prosemirror-state'
import type { Pictures } from './picture-view'
import { schema } from './schema'

// A picture that comes in with pasted or dropped text is written into it (RFC 2397), or named by a Content-ID of
// another letter. Neither may stay: the first makes a text too large to be kept, the second would be an empty box.

interface Range {
  from: number
  to: number
}

/** What of the text is new. */
function cameIn(before: Node, after: Node): Range | null {
  const from = before.content.findDiffStart(after.content)
  const end = before.content.findDiffEnd(after.content)
  if (from === null || !end) return null
  // Equal pieces side by side are counted from both ends.
  const overlap = Math.max(0, from - Math.min(end.a, end.b))
  return { from, to: end.b + overlap }
}

const brings = (transaction: Transaction): boolean =>
  ['paste', 'drop'].includes(String(transaction.getMeta('uiEvent')))

function picturesIn(doc: Node, { from, to }: Range): { at: number; node: Node }[] {
  const found: { at: number; node: Node }[] = []
  doc.nodesBetween(from, to, (node, at) => {
    if (node.type === schema.nodes.image) found.push({ at, node })
  })
  return found
}

/** In the same step of undo as the paste. */
function settled(before: EditorState, after: EditorState, pictures: Pictures): Transaction | null {
  const range = cameIn(before.doc, after.doc)
  const { tr } = after
  for (const { at, node } of range ? picturesIn(after.doc, range).reverse() : []) {
    const src = pictures.settle(String(node.attrs.src))
    if (src === '') tr.delete(at, at + node.nodeSize)
    else if (src !== node.attrs.src) tr.setNodeMarkup(at, null, { ...node.attrs, src })
  }
  return tr.docChanged ? tr : null
}

export const pastedPictures = (pictures: Pictures): Plugin =>
  new Plugin({
    appendTransaction: (transactions, before, after) =>
      transactions.some(brings) ? settled(before, after, pictures) : null,
  })
