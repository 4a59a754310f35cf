import { history, undo } from 'prosemirror-history'
import type { Node } from 'prosemirror-model'
import { AllSelection, EditorState, NodeSelection, TextSelection } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { describe, expect, it } from 'vitest'
import { domOf } from './dom.testing'
import { foldPlugin, withOriginal } from './fold'
import { readDocument } from './from-html'
import { toText } from './to-text'

const read = (html: string): Node => readDocument(domOf(html))
const words = 'We looked at the numbers of last week. '
const long = `<p>first</p>${`<p>${words.repeat(10)}</p>`.repeat(30)}<p>last</p>`
const attribution = '<p class="attribution">Bob wrote:</p>'
const answer = (quote: string, more = '') =>
  `<p>Hello</p>${attribution}<blockquote>${quote}</blockquote>${more}`

const fold = foldPlugin()
const opened = (html: string): EditorState =>
  EditorState.create({ doc: read(html), plugins: [fold, history()] })
const foldedIn = (state: EditorState): number => fold.getState(state)?.size ?? 0
/** The first place of a word. */
const placeOf = ({ doc }: EditorState, word: string): number => {
  let found = 0
  doc.descendants((node, at) => void (found === 0 && node.text === word && (found = at)))
  return found
}
const withCursor = (state: EditorState, at: number): EditorState =>
  state.apply(state.tr.setSelection(TextSelection.create(state.doc, at)))

const pressed = (state: EditorState, key: string): EditorState => {
  let next = state
  const view = { state, dispatch: (tr: Transaction) => (next = state.apply(tr)) } as unknown as EditorView
  fold.props.handleKeyDown!.call(fold, view, { key } as KeyboardEvent)
  return next
}

describe('a long original below an answer', () => {
  it.each([
    ['a long one', answer(long), 1],
    ['with words below it', answer(long, '<p>Alice</p>'), 1],
    ['a short one', answer('<p>Fine.</p>'), 0],
    ['cut in two to be answered within', answer(long, `<p>No.</p><blockquote>${long}</blockquote>`), 0],
    ['a quote of one’s own', `<blockquote>${long}</blockquote><p></p>`, 0],
  ])('is folded while it is whole: %s', (_, html, count) => {
    expect(foldedIn(opened(html))).toBe(count)
  })

  it('that comes after the first words is folded as well, and is all there', () => {
    const state = opened('<p>Hello</p>')
    const original = read(`${attribution}<blockquote>${long}</blockquote>`).content
    const after = state.apply(withOriginal(state.tr.insert(state.doc.content.size, original)))
    expect(foldedIn(after)).toBe(1)
    expect(toText(after.doc)).toBe(toText(read(answer(long))))
  })

  it('is opened by a cursor that comes into it', () => {
    const state = opened(answer(long))
    expect(foldedIn(withCursor(state, placeOf(state, 'Hello')))).toBe(1)
    expect(foldedIn(withCursor(state, placeOf(state, 'last')))).toBe(0)
  })

  it('goes and comes back with everything else', () => {
    const state = opened(answer(long))
    const empty = state.apply(state.tr.setSelection(new AllSelection(state.doc)).deleteSelection())
    expect(toText(empty.doc)).toBe('')
    let back = empty
    undo(empty, (tr) => (back = empty.apply(tr)))
    expect(back.doc.eq(state.doc)).toBe(true)
    expect(foldedIn(back)).toBe(1)
  })

  it.each([
    ['Delete', 'Bob wrote:', 'Bob wrote:'.length],
    ['Backspace', 'Alice', 0],
  ])('is taken hold of as a whole by %s', (key, beside, more) => {
    const state = opened(answer(long, '<p>Alice</p>'))
    const held = pressed(withCursor(state, placeOf(state, beside) + more), key)
    expect(held.selection).toBeInstanceOf(NodeSelection)
    expect(foldedIn(held)).toBe(1)
    expect(toText(held.apply(held.tr.deleteSelection()).doc)).toBe('Hello\n\nBob wrote:\nAlice')
    const inside = withCursor(state, placeOf(state, beside) + 2)
    expect(pressed(inside, key)).toBe(inside)
  })

  it('a click below it means the words above it', () => {
    const state = opened(answer(long))
    const end = state.doc.resolve(state.doc.content.size)
    const view = { state } as EditorView
    const hello = placeOf(state, 'Hello')
    const placed = fold.props.createSelectionBetween!.call(fold, view, end, end)
    expect(placed?.head).toBe(hello + 'Hello'.length)
    // Drawn with the pointer: up to the words beside it.
    const drawn = fold.props.createSelectionBetween!.call(fold, view, state.doc.resolve(hello), end)
    expect([drawn?.from, drawn?.to]).toEqual([hello, placeOf(state, 'Bob wrote:') + 'Bob wrote:'.length])
  })
})
