import {
  baseKeymap,
  chainCommands,
  createParagraphNear,
  exitCode,
  liftEmptyBlock,
  newlineInCode,
  splitBlockKeepMarks,
} from 'prosemirror-commands'
import { dropCursor } from 'prosemirror-dropcursor'
import { gapCursor } from 'prosemirror-gapcursor'
import { history, redo } from 'prosemirror-history'
import { undoInputRule } from 'prosemirror-inputrules'
import { keymap } from 'prosemirror-keymap'
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list'
import { Plugin, type Command } from 'prosemirror-state'
import { formats } from './commands'
import { quoteSplit } from './quote-split'
import { schema } from './schema'
import { shorthand } from './shorthand'
import { emptyCells, goToCell } from './table'

const { nodes } = schema

const lineBreak: Command = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView())
  return true
})

const enter = chainCommands(
  newlineInCode,
  splitListItem(nodes.list_item),
  quoteSplit,
  createParagraphNear,
  liftEmptyBlock,
  splitBlockKeepMarks,
)

/** Tab indents in lists and moves on in tables; elsewhere it goes on to the next field, as everywhere on the page. */
const keys: Record<string, Command> = {
  Enter: chainCommands(emptyCells, enter),
  'Shift-Enter': lineBreak,
  Tab: chainCommands(sinkListItem(nodes.list_item), goToCell(1)),
  'Shift-Tab': chainCommands(liftListItem(nodes.list_item), goToCell(-1)),
  Backspace: chainCommands(undoInputRule, emptyCells),
  Delete: emptyCells,
  'Mod-Backspace': emptyCells,
  'Mod-Delete': emptyCells,
  'Mod-Shift-z': redo,
  'Mod-[': liftListItem(nodes.list_item),
  'Mod-]': sinkListItem(nodes.list_item),
}

const formatKeys = Object.fromEntries(
  Object.values(formats).flatMap(({ keys: press, run }) => (press ? [[press, run] as const] : [])),
)

/** What is typed over several cells stands in the first of them; what is cut out of them leaves them standing. */
const overCells = new Plugin({
  props: {
    handleDOMEvents: {
      cut: (view, event) => {
        if (!event.clipboardData || !emptyCells(view.state)) return false
        const { dom, text } = view.serializeForClipboard(view.state.selection.content())
        event.preventDefault()
        event.clipboardData.clearData()
        event.clipboardData.setData('text/html', dom.innerHTML)
        event.clipboardData.setData('text/plain', text)
        return emptyCells(view.state, view.dispatch)
      },
    },
    handleTextInput: (view, _, __, text) => {
      if (!emptyCells(view.state, view.dispatch)) return false
      view.dispatch(view.state.tr.insertText(text).scrollIntoView())
      return true
    },
  },
})

export const plugins = (more: readonly Plugin[]): Plugin[] => [
  ...more,
  overCells,
  shorthand,
  keymap({ ...formatKeys, ...keys }),
  keymap(baseKeymap),
  dropCursor({ width: 2, class: 'drop-line' }),
  gapCursor(),
  history(),
]
