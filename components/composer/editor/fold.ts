import { keydownHandler } from 'prosemirror-keymap'
import type { Node, ResolvedPos } from 'prosemirror-model'
import { NodeSelection, Plugin, PluginKey, Selection, TextSelection } from 'prosemirror-state'
import type { Command, EditorState, Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'
import { schema } from './schema'

// A long original below an answer is drawn as three dots until somebody wants to see it: hundreds of blocks that
// nobody looks at would have to be drawn before the first letter can be typed. The document holds it whole, so what
// is sent, saved, copied, taken back or made plain knows nothing of this.
// Invariants: a folded quote is known by its node, which any change within it replaces, so it is as it came; no
// cursor stands in one.

/** A few screens of a docked window. A shorter one is in nobody's way. */
export const long = 8000

type Folded = ReadonlySet<Node>

const key = new PluginKey<Folded>('fold')
const none: Folded = new Set()

/** Of an original that was cut in two to be answered within, none is folded. */
function longOriginals(doc: Node): Folded {
  const found = new Set<Node>()
  let quotes = 0
  let before: Node | null = null
  doc.forEach((node) => {
    if (node.type === schema.nodes.blockquote) {
      quotes++
      if (before?.attrs.role === 'attribution' && node.nodeSize >= long) found.add(node)
    }
    before = node
  })
  return quotes === found.size ? found : none
}

/** Said of a transaction that puts an original in. */
export const withOriginal = (tr: Transaction): Transaction => tr.setMeta(key, 'original')
export const bringsOriginal = (tr: Transaction): boolean => tr.getMeta(key) === 'original'

export const foldedIn = (state: EditorState): Folded => key.getState(state) ?? none

/** The block of the text itself that a place is in. */
export const blockAround = (at: ResolvedPos): Node | null => (at.depth > 0 ? at.node(1) : null)

function afterwards(tr: Transaction, before: Folded): Folded {
  const told: unknown = tr.getMeta(key)
  const folded = bringsOriginal(tr) ? longOriginals(tr.doc) : before
  const { $anchor, $head } = tr.selection
  const opened = [told, blockAround($anchor), blockAround($head)]
  const left = [...folded].filter((node) => !opened.includes(node))
  return left.length === folded.size ? folded : new Set(left)
}

function drawn(state: EditorState): DecorationSet {
  const folded = foldedIn(state)
  if (folded.size === 0) return DecorationSet.empty
  const marks: Decoration[] = []
  state.doc.forEach((node, at) => {
    if (folded.has(node)) marks.push(Decoration.node(at, at + node.nodeSize, {}, { drawn: 'folded' }))
  })
  return DecorationSet.create(state.doc, marks)
}

interface Place {
  /** Before the attribution, before the quote, and behind it. */
  before: number
  start: number
  end: number
}

/** The folded quote that a selection would end in, if it does. */
function foldedAt(state: EditorState, at: ResolvedPos): Place | null {
  const inside = blockAround(TextSelection.between(at, at).$head)
  if (!inside || !foldedIn(state).has(inside)) return null
  let place: Place | null = null
  let above = 0
  state.doc.forEach((node, start) => {
    if (node === inside) place = { before: start - above, start, end: start + node.nodeSize }
    above = node.nodeSize
  })
  return place
}

/** A click below a folded quote means the words above it, and who selects towards it ends beside it. */
function beside(state: EditorState, anchor: ResolvedPos, head: ResolvedPos): Selection | null {
  const place = foldedAt(state, head)
  if (!place) return null
  const { selection, doc } = state
  const above = (at: number) => Selection.findFrom(doc.resolve(at), -1, true)
  const below = Selection.findFrom(doc.resolve(place.end), 1, true)
  if (anchor.pos === head.pos)
    return blockAround(selection.$head)?.attrs.role === 'attribution'
      ? selection
      : (above(place.before) ?? below)
  const end = anchor.pos <= place.start ? above(place.start) : below
  return end && anchor.parent.inlineContent ? TextSelection.create(doc, anchor.pos, end.head) : null
}

/** Deleting towards a folded quote takes hold of the whole of it first, so that nothing unseen is changed. */
const takeHold =
  (towards: 'before' | 'after'): Command =>
  (state, dispatch) => {
    const { $from, empty } = state.selection
    const isAtEdge = $from.parentOffset === (towards === 'after' ? $from.parent.content.size : 0)
    if (!empty || $from.depth !== 1 || !isAtEdge) return false
    const index = $from.index(0) + (towards === 'after' ? 1 : -1)
    const next = state.doc.maybeChild(index)
    if (!next || !foldedIn(state).has(next)) return false
    const at = towards === 'after' ? $from.after(1) : $from.before(1) - next.nodeSize
    dispatch?.(state.tr.setSelection(NodeSelection.create(state.doc, at)))
    return true
  }

export const foldPlugin = (): Plugin<Folded> =>
  new Plugin<Folded>({
    key,
    state: {
      init: (_, { doc }) => longOriginals(doc),
      apply: afterwards,
    },
    props: {
      decorations: drawn,
      createSelectionBetween: ({ state }, anchor, head) => beside(state, anchor, head),
      handleKeyDown: keydownHandler({ Backspace: takeHold('before'), Delete: takeHold('after') }),
    },
  })

/** Asked for by name: the three dots were pressed. */
export const unfold = (view: EditorView, quote: Node): void => {
  view.dispatch(view.state.tr.setMeta(key, quote))
  view.focus()
}
