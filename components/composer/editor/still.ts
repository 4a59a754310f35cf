import type { Node } from 'prosemirror-model'
import { Plugin, PluginKey, TextSelection, type EditorState } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'
import { blockAround, foldedIn, long } from './fold'
import { stillClass } from './quote-view'
import { schema } from './schema'

// At each key a browser walks all of the text that is edited: an input method is told of the words around the cursor.
// Long quotes that nobody is at are kept out of that: they stand still, drawn where it does not look (quote-view.ts),
// until the pointer or the cursor comes to them, and again when typing goes on elsewhere.
// Invariants: the document knows nothing of it; no end of a selection is in a quote that stands still.

type Quotes = 'still' | 'awake'

const key = new PluginKey<Quotes>('still')

const isLongQuote = (node: Node | null): boolean =>
  node !== null && node.type === schema.nodes.blockquote && node.nodeSize >= long

function stillIn(state: EditorState): Decoration[] {
  if (key.getState(state) === 'awake') return []
  const { $anchor, $head } = state.selection
  const inUse = [blockAround($anchor), blockAround($head)]
  const folded = foldedIn(state)
  const marks: Decoration[] = []
  state.doc.forEach((node, at) => {
    if (isLongQuote(node) && !inUse.includes(node) && !folded.has(node))
      marks.push(Decoration.node(at, at + node.nodeSize, {}, { drawn: 'still' }))
  })
  return marks
}

const freshClass = 'fresh'

/**
 * A key that wakes a quote, or leaps to an end of the text, looks for its place at once, where what was never seen has
 * neither lines nor height: so for a moment all of it is drawn, and its heights are known from then on.
 */
function drawWhole({ dom }: EditorView): void {
  dom.classList.add(freshClass)
  requestAnimationFrame(() => requestAnimationFrame(() => dom.classList.remove(freshClass)))
}

function become(view: EditorView, next: Quotes): void {
  // Nothing is moved about below the fingers of an input method.
  if (view.isDestroyed || view.composing || key.getState(view.state) === next) return
  if (next === 'awake' && stillIn(view.state).length > 0) drawWhole(view)
  view.dispatch(view.state.tr.setMeta(key, next).setMeta('addToHistory', false))
}

type Means = 'step' | 'page' | 'leap' | 'typing' | 'nothing'

/** Exported for its test. */
export function meaningOf({
  key,
  ctrlKey,
  metaKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): Means {
  const withMod = ctrlKey || metaKey
  if (key.startsWith('Arrow')) return metaKey ? 'leap' : 'step'
  if (key === 'PageUp' || key === 'PageDown') return 'page'
  if (key === 'Home' || key === 'End') return withMod ? 'leap' : 'nothing'
  // What macOS moves by, too.
  if (ctrlKey && /^[bfnp]$/i.test(key)) return 'step'
  const isLetter = key.length === 1 && !withMod
  return isLetter || key === 'Enter' || key === 'Backspace' || key === 'Delete' ? 'typing' : 'nothing'
}

/** A step leads at most into the next block. */
function isBesideLongQuote({ doc, selection }: EditorState): boolean {
  const at = selection.$head.index(0)
  return [at - 1, at, at + 1].some((index) => isLongQuote(doc.maybeChild(index)))
}

const isAtStill = ({ target }: Event): boolean =>
  target instanceof Element && target.closest(`.${stillClass}`) !== null

/** Pressed by a pointer that was not seen coming: what it pressed is drawn anew, and the place is found by us. */
function wakeAt(view: EditorView, { clientX, clientY, shiftKey }: MouseEvent): void {
  become(view, 'awake')
  const there = view.posAtCoords({ left: clientX, top: clientY })
  if (!there) return
  const { doc, selection, tr } = view.state
  const place = doc.resolve(there.pos)
  view.dispatch(
    tr.setSelection(shiftKey ? TextSelection.between(selection.$anchor, place) : TextSelection.near(place)),
  )
  view.focus()
}

/** What the keys of one editor have begun. */
function createKeys() {
  let soon: ReturnType<typeof setTimeout> | undefined
  // Not before the letter stands there.
  const settle = (view: EditorView): void => {
    clearTimeout(soon)
    if (key.getState(view.state) === 'still') return
    soon = setTimeout(() => requestAnimationFrame(() => become(view, 'still')))
  }
  return {
    settle,
    onKey: (view: EditorView, event: KeyboardEvent): void => {
      const means = meaningOf(event)
      if (means === 'nothing') return
      clearTimeout(soon)
      if (means === 'typing') settle(view)
      else if (means !== 'step' || isBesideLongQuote(view.state)) become(view, 'awake')
      if (means === 'leap') drawWhole(view)
    },
    stop: (): void => clearTimeout(soon),
  }
}

export function stillPlugin(): Plugin<Quotes> {
  const { onKey, settle, stop } = createKeys()
  const wake = (view: EditorView, event: Event): void => {
    if (isAtStill(event)) become(view, 'awake')
  }
  return new Plugin<Quotes>({
    key,
    state: {
      init: () => 'still',
      apply: (tr, before) => (tr.getMeta(key) as Quotes | undefined) ?? before,
    },
    view: () => ({ destroy: stop }),
    props: {
      decorations: (state) => DecorationSet.create(state.doc, stillIn(state)),
      handleDOMEvents: {
        keydown: (view, event) => void onKey(view, event),
        // The keys of an input method say nothing themselves.
        compositionend: (view) => void settle(view),
        pointermove: (view, event) => void (event.pointerType !== 'touch' && wake(view, event)),
        // Touch has no way to come near: a tap is over before its click looks for a place.
        pointerup: wake,
        dragover: wake,
        mousedown: (view, event) => {
          if (!isAtStill(event) || event.button !== 0) return false
          event.preventDefault()
          wakeAt(view, event)
          return true
        },
      },
    },
  })
}
