'use client'
import { useEffect, useRef } from 'react'
import { EditorState, Selection } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import type { Node } from 'prosemirror-model'
import type { Signal } from '@/lib/client/signal'
import type { Body, BodyPort } from '../letter'
import { fromHtml } from './from-html'
import { fromText } from './from-text'
import { pastePlugin } from './paste'
import { plugins } from './plugins'
import { toHtml } from './to-html'
import { toText } from './to-text'
import './editor.css'

export interface RichEditorProps {
  label: string
  /** Asked when the editor is made: a quote may come between drawing and that. */
  first: () => Body
  focus: 'start' | 'none'
  /** The view, for the formatting bar; null while there is none. */
  view: Signal<EditorView | null>
  /** Counts every change of text or selection, so that the bar redraws. */
  ticks: Signal<number>
  attach: (port: BodyPort) => () => void
  onChange: () => void
  onFiles: (files: File[]) => void
}

const documentOf = ({ html, text }: Body): Node => (html ? fromHtml(html) : fromText(text))

/** Read only when somebody asks, and once per document. */
function createReader(view: EditorView): () => Body {
  let last: { doc: Node; body: Body } | null = null
  return () => {
    const { doc } = view.state
    if (last?.doc !== doc) last = { doc, body: { html: toHtml(doc), text: toText(doc) } }
    return last.body
  }
}

const portOf = (view: EditorView): BodyPort => ({
  read: createReader(view),
  // Not part of undo: taking back one's own words must not take the original away.
  append: (html) => {
    const { tr, doc } = view.state
    view.dispatch(tr.insert(doc.content.size, fromHtml(html).content).setMeta('addToHistory', false))
  },
  focus: () => view.focus(),
})

export function RichEditor(props: RichEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  useEffect(() => {
    const { first, focus, label, view: shared, ticks, attach } = latest.current
    const doc = documentOf(first())
    const view = new EditorView(place.current, {
      state: EditorState.create({
        doc,
        selection: Selection.atStart(doc),
        plugins: plugins([pastePlugin({ onFiles: (files) => latest.current.onFiles(files) })]),
      }),
      attributes: {
        class: 'letter-text',
        role: 'textbox',
        tabindex: '0',
        'aria-label': label,
        'aria-multiline': 'true',
        spellcheck: 'true',
        dir: 'auto',
      },
      dispatchTransaction: (transaction) => {
        view.updateState(view.state.apply(transaction))
        ticks.set((count) => count + 1)
        if (transaction.docChanged) latest.current.onChange()
      },
    })
    const detach = attach(portOf(view))
    shared.set(view)
    if (focus === 'start') view.focus()
    return () => {
      detach()
      shared.set(null)
      view.destroy()
    }
  }, [])
  return <div ref={place} className="flex min-h-full flex-col *:grow" />
}
