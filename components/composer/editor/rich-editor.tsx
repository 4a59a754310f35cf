'use client'
import { useEffect, useRef } from 'react'
import { EditorState, Selection } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { Fragment, type Node } from 'prosemirror-model'
import { whenIdle } from '@/components/ui/idle'
import type { Preferences } from '@/lib/model/preferences'
import type { Signal } from '@/lib/client/signal'
import type { Body, BodyPort } from '../letter'
import { type Expand, expandPlugin } from './expand'
import { bringsOriginal, foldPlugin, withOriginal } from './fold'
import { fromHtml } from './from-html'
import { fromText } from './from-text'
import { pastePlugin, sliceOf } from './paste'
import { pastedPictures } from './pasted-pictures'
import { pictureView, type Pictures } from './picture-view'
import { putFiles } from './put-pictures'
import { plugins } from './plugins'
import { quoteView } from './quote-view'
import { fromHtmlInPieces } from './read-pieces'
import { schema } from './schema'
import { stillPlugin } from './still'
import { toHtml } from './to-html'
import { toOwnText, toText } from './to-text'
import { writeAhead } from './write-ahead'
import './editor.css'

export type Wishes = Pick<Preferences, 'answers' | 'signaturePlace' | 'fontSize'>

export interface RichEditorProps {
  label: string
  /** What opens a long original that is folded. */
  historyLabel: string
  /** Asked when the editor is made: a quote may come between drawing and that. */
  first: () => Body
  focus: 'start' | 'none'
  wishes: Wishes
  /** The view, for the formatting bar; null while there is none. */
  view: Signal<EditorView | null>
  /** Counts every change of text or selection, so that the bar redraws. */
  ticks: Signal<number>
  attach: (port: BodyPort) => () => void
  onChange: () => void
  onFiles: (files: File[]) => void
  /** Where pictures may stand in the text. */
  pictures?: Pictures
  expand?: Expand
}

const documentOf = ({ html, text }: Body): Node => (html ? fromHtml(html) : fromText(text))

/** Read only when somebody asks, and once per document. */
function createReader(view: EditorView, size: string): () => Body {
  let last: { doc: Node; body: Body } | null = null
  return () => {
    const { doc } = view.state
    if (last?.doc !== doc) last = { doc, body: { html: toHtml(doc, size), text: toText(doc) } }
    return last.body
  }
}

/** Where the original goes: above what is written, or below it, but never below the signature of a whole message. */
function quotePlace({ doc }: EditorState, { answers, signaturePlace }: Wishes): number {
  if (answers === 'below') return 0
  const last = doc.lastChild
  const isSigned = last?.type === schema.nodes.signature && signaturePlace === 'below'
  return isSigned ? doc.content.size - last.nodeSize : doc.content.size
}

/** The signature's place: its own, else before the original, else the end. */
function signaturePlace(
  { doc }: EditorState,
  { answers, signaturePlace }: Wishes,
): { from: number; to: number } {
  const end = { from: doc.content.size, to: doc.content.size }
  let found: { from: number; to: number } | null = null
  let quote: number | null = null
  doc.forEach((node, at) => {
    if (node.type === schema.nodes.signature) found ??= { from: at, to: at + node.nodeSize }
    const opens = node.type === schema.nodes.blockquote || node.attrs.role === 'attribution'
    if (opens) quote ??= at
  })
  if (found || quote === null || answers === 'below' || signaturePlace === 'below') return found ?? end
  return { from: quote, to: quote }
}

function sign(view: EditorView, html: string, wishes: Wishes): void {
  const { from, to } = signaturePlace(view.state, wishes)
  const { tr } = view.state
  const content = html ? fromHtml(`<div class="signature">${html}</div>`).content : Fragment.empty
  if (from === to && !html) return
  view.dispatch(tr.replaceWith(from, to, content).setMeta('addToHistory', false))
}

const portOf = (view: EditorView, { wishes }: RichEditorProps): BodyPort => ({
  read: createReader(view, wishes.fontSize),
  own: () => toOwnText(view.state.doc),
  // Not part of undo: taking back one's own words must not take the original away.
  quote: async (html) => {
    const { content } = await fromHtmlInPieces(html)
    if (view.isDestroyed) return 'gone'
    const { tr } = view.state
    const at = quotePlace(view.state, wishes)
    view.dispatch(withOriginal(tr.insert(at, content)).setMeta('addToHistory', false))
    whenIdle(() => void writeAhead(content))
    return 'there'
  },
  sign: (html) => sign(view, html, wishes),
  insert: (html) => {
    view.dispatch(view.state.tr.replaceSelection(sliceOf(fromHtml(html))).scrollIntoView())
    view.focus()
  },
  focus: () => view.focus(),
})

/** The first empty line: above the original, or below it, as answers are wished. */
function firstLine(doc: Node): Selection {
  let place: number | null = null
  doc.forEach((node, at) => {
    if (node.type === schema.nodes.paragraph && node.content.size === 0) place ??= at + 1
  })
  return place === null ? Selection.atStart(doc) : Selection.near(doc.resolve(place))
}

export function RichEditor(props: RichEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  useEffect(() => {
    const { first, focus, label, historyLabel, view: shared, ticks, attach, pictures } = latest.current
    const doc = documentOf(first())
    const view = new EditorView(place.current, {
      state: EditorState.create({
        doc,
        selection: firstLine(doc),
        plugins: plugins([
          pastePlugin({
            onFiles: (files, at) => {
              const others = putFiles(at, files, pictures)
              if (others.length > 0) latest.current.onFiles(others)
            },
          }),
          ...(pictures ? [pastedPictures(pictures)] : []),
          foldPlugin(),
          stillPlugin(),
          expandPlugin((shortcut) => latest.current.expand?.(shortcut) ?? null),
        ]),
      }),
      nodeViews: {
        blockquote: quoteView({ label: historyLabel, pictures }),
        ...(pictures ? { image: pictureView(pictures) } : {}),
      },
      attributes: {
        class: 'letter-text',
        role: 'textbox',
        tabindex: '0',
        style: `font-size:${latest.current.wishes.fontSize}px`,
        'aria-label': label,
        'aria-multiline': 'true',
        spellcheck: 'true',
        dir: 'auto',
      },
      dispatchTransaction: (transaction) => {
        view.updateState(view.state.apply(transaction))
        ticks.set((count) => count + 1)
        // An original that comes in is nothing that the person did.
        if (transaction.docChanged && !bringsOriginal(transaction)) latest.current.onChange()
      },
    })
    const detach = attach(portOf(view, latest.current))
    whenIdle(() => void writeAhead(doc.content))
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
