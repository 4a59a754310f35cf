import { DOMParser as DocumentReader, Slice, type Node } from 'prosemirror-model'
import { Plugin, Selection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { cleanPaste } from './clean-paste'
import { fromText } from './from-text'
import { isLook } from './look-marks'
import { safeLink } from './safe'
import { schema } from './schema'

const isOwnLook = ({ tag = '' }: { tag?: string }): boolean => tag.startsWith('span[data-')

/** Reads a paste: structure, emphasis and pictures come along; colours and fonts only from here. */
export const pasteReader = new DocumentReader(
  schema,
  DocumentReader.fromSchema(schema).rules.filter(
    (rule) => !('mark' in rule && isLook(rule.mark ?? '')) || isOwnLook(rule as { tag?: string }),
  ),
)

export const filesOf = (data: DataTransfer | null): File[] => [...(data?.files ?? [])]

/** An address pasted over words makes them a link; plain text keeps its lines and quotes. */
function pasteText(view: EditorView, text: string): boolean {
  const href = safeLink(text.trim())
  const { empty, from, to } = view.state.selection
  if (!empty && href && !/\s/.test(text.trim())) {
    view.dispatch(view.state.tr.addMark(from, to, schema.marks.link.create({ href })))
    return true
  }
  return false
}

export interface PasteTargets {
  onFiles: (files: File[], at: EditorView) => void
}

export const pastePlugin = ({ onFiles }: PasteTargets): Plugin =>
  new Plugin({
    props: {
      clipboardParser: pasteReader,
      transformPastedHTML: cleanPaste,
      clipboardTextParser: (text) => sliceOf(fromText(text)),
      handlePaste: (view, event) => {
        const files = filesOf(event.clipboardData)
        const html = event.clipboardData?.getData('text/html') ?? ''
        // A copied table brings a picture of itself along: its text is meant.
        if (files.length > 0 && !/<(table|p|div|li|td)\b/i.test(html)) {
          onFiles(files, view)
          return true
        }
        return html === '' && pasteText(view, event.clipboardData?.getData('text/plain') ?? '')
      },
      handleDrop: (view, event, _, moved) => {
        const files = filesOf(event.dataTransfer)
        // Browsers lend a picture that is dragged within the text a file of itself.
        if (files.length === 0 || moved || view.dragging) return false
        event.preventDefault()
        const there = view.posAtCoords({ left: event.clientX, top: event.clientY })
        if (there)
          view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(there.pos))))
        onFiles(files, view)
        return true
      },
    },
  })

export const sliceOf = (doc: Node): Slice => {
  const only = doc.childCount === 1 && doc.firstChild!.type === schema.nodes.paragraph
  return new Slice(doc.content, only ? 1 : 0, only ? 1 : 0)
}
