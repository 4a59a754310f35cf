import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands'
import { redo, undo } from 'prosemirror-history'
import type { MarkType, NodeType } from 'prosemirror-model'
import { liftListItem, wrapInList } from 'prosemirror-schema-list'
import type { Command, EditorState } from 'prosemirror-state'
import type { LookName } from './look-marks'
import { schema } from './schema'

const { nodes, marks } = schema

export type FormatName =
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strike'
  | 'code'
  | 'heading'
  | 'bulletList'
  | 'numberedList'
  | 'quote'
  | 'codeBlock'
  | 'left'
  | 'center'
  | 'right'
  | 'rule'
  | 'clear'
  | 'undo'
  | 'redo'

export interface Format {
  /** ProseMirror's spelling; shown beside the button. */
  keys?: string
  run: Command
  isOn?: (state: EditorState) => boolean
}

const hasMark = (type: MarkType) => (state: EditorState) => {
  const { from, to, empty, $from } = state.selection
  return empty
    ? Boolean(type.isInSet(state.storedMarks ?? $from.marks()))
    : state.doc.rangeHasMark(from, to, type)
}

/** Is the cursor inside a node of this type, at any depth? */
export const isInside = (type: NodeType) => (state: EditorState) => {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true
  return false
}

const mark = (type: MarkType, keys?: string): Format => ({
  run: toggleMark(type),
  isOn: hasMark(type),
  ...(keys ? { keys } : {}),
})

const toggleList =
  (type: NodeType): Command =>
  (state, dispatch, view) =>
    isInside(type)(state)
      ? liftListItem(nodes.list_item)(state, dispatch, view)
      : wrapInList(type)(state, dispatch, view)

const toggleBlock =
  (type: NodeType, attrs: Record<string, unknown> = {}): Command =>
  (state, dispatch, view) =>
    isInside(type)(state)
      ? setBlockType(nodes.paragraph)(state, dispatch, view)
      : setBlockType(type, attrs)(state, dispatch, view)

const toggleQuote: Command = (state, dispatch, view) =>
  isInside(nodes.blockquote)(state)
    ? lift(state, dispatch, view)
    : wrapIn(nodes.blockquote)(state, dispatch, view)

const align =
  (to: string | null): Command =>
  (state, dispatch) => {
    const { from, to: end } = state.selection
    const transaction = state.tr
    state.doc.nodesBetween(from, end, (node, at) => {
      if ('align' in node.attrs) transaction.setNodeAttribute(at, 'align', to)
    })
    if (!transaction.docChanged) return false
    dispatch?.(transaction)
    return true
  }

const isAligned = (to: string | null) => (state: EditorState) =>
  (state.selection.$from.parent.attrs.align ?? null) === to

const insertRule: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.horizontal_rule.create()).scrollIntoView())
  return true
}

/** Back to plain paragraphs and letters, what was selected or the paragraph one is in. */
const clear: Command = (state, dispatch, view) => {
  const { from, to, empty, $from } = state.selection
  const [start, end] = empty ? [$from.start(), $from.end()] : [from, to]
  const transaction = state.tr.setStoredMarks([])
  for (const type of Object.values(marks)) transaction.removeMark(start, end, type)
  transaction.setBlockType(start, end, nodes.paragraph)
  dispatch?.(transaction)
  if (view && isInside(nodes.list_item)(view.state)) liftListItem(nodes.list_item)(view.state, view.dispatch)
  return true
}

/** How the letters at the cursor look. */
export const lookAt = (state: EditorState, name: LookName): string | null => {
  const { $from, empty, from } = state.selection
  const at = empty ? (state.storedMarks ?? $from.marks()) : (state.doc.nodeAt(from)?.marks ?? [])
  const found = marks[name].isInSet(at)
  return found ? String(found.attrs.value) : null
}

/** On what is selected, or on what is written next; null takes it off. */
export const setLook =
  (name: LookName, value: string | null): Command =>
  (state, dispatch) => {
    const { from, to, empty } = state.selection
    const type = marks[name]
    const { tr } = state
    if (empty) tr.removeStoredMark(type)
    else tr.removeMark(from, to, type)
    const mark = value === null ? null : type.create({ value })
    if (mark && empty) tr.addStoredMark(mark)
    else if (mark) tr.addMark(from, to, mark)
    dispatch?.(tr)
    return true
  }

/** Everything the writing can be formatted with: one list feeds the bar and the keyboard. */
export const formats: Record<FormatName, Format> = {
  bold: mark(marks.strong, 'Mod-b'),
  italic: mark(marks.em, 'Mod-i'),
  underline: mark(marks.underline, 'Mod-u'),
  strike: mark(marks.strike, 'Mod-Shift-x'),
  code: mark(marks.code, 'Mod-e'),
  heading: {
    run: toggleBlock(nodes.heading, { level: 2 }),
    isOn: isInside(nodes.heading),
    keys: 'Mod-Alt-2',
  },
  bulletList: { run: toggleList(nodes.bullet_list), isOn: isInside(nodes.bullet_list), keys: 'Mod-Shift-8' },
  numberedList: {
    run: toggleList(nodes.ordered_list),
    isOn: isInside(nodes.ordered_list),
    keys: 'Mod-Shift-7',
  },
  quote: { run: toggleQuote, isOn: isInside(nodes.blockquote), keys: 'Mod-Shift-9' },
  codeBlock: { run: toggleBlock(nodes.code_block), isOn: isInside(nodes.code_block) },
  left: { run: align(null), isOn: isAligned(null), keys: 'Mod-Shift-l' },
  center: { run: align('center'), isOn: isAligned('center'), keys: 'Mod-Shift-e' },
  right: { run: align('right'), isOn: isAligned('right'), keys: 'Mod-Shift-r' },
  rule: { run: insertRule },
  clear: { run: clear, keys: 'Mod-\\' },
  undo: { run: undo, keys: 'Mod-z' },
  redo: { run: redo, keys: 'Mod-y' },
}

/** The link the cursor is in, with its extent, for the link field. */
export function linkAtCursor(state: EditorState): { href: string; from: number; to: number } | null {
  const { $from } = state.selection
  const found = marks.link.isInSet($from.marks()) ?? marks.link.isInSet($from.nodeAfter?.marks ?? [])
  if (!found) return null
  const parent = $from.parent
  let index = Math.min($from.index(), parent.childCount - 1)
  if (!found.isInSet(parent.child(index).marks)) index--
  let first = index
  let last = index
  while (first > 0 && found.isInSet(parent.child(first - 1).marks)) first--
  while (last < parent.childCount - 1 && found.isInSet(parent.child(last + 1).marks)) last++
  let from = $from.start()
  for (let i = 0; i < first; i++) from += parent.child(i).nodeSize
  let to = from
  for (let i = first; i <= last; i++) to += parent.child(i).nodeSize
  return { href: String(found.attrs.href), from, to }
}

/** Puts a link on the selection, on the link one is in, or writes the address itself; '' takes the link off. */
export const setLink =
  (href: string): Command =>
  (state, dispatch) => {
    const here = linkAtCursor(state)
    const { from, to, empty } = state.selection
    const range = empty && here ? here : { from, to }
    const transaction = state.tr
    if (range.from === range.to) {
      if (!href) return false
      transaction.replaceSelectionWith(
        schema.text(href.replace(/^mailto:/, ''), [marks.link.create({ href })]),
        false,
      )
    } else {
      transaction.removeMark(range.from, range.to, marks.link)
      if (href) transaction.addMark(range.from, range.to, marks.link.create({ href }))
    }
    transaction.removeStoredMark(marks.link)
    dispatch?.(transaction.scrollIntoView())
    return true
  }
