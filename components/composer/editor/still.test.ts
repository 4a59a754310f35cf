import type { Node } from 'prosemirror-model'
import { AllSelection, EditorState, TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { domOf } from './dom.testing'
import { foldPlugin } from './fold'
import { readDocument } from './from-html'
import { meaningOf, stillPlugin } from './still'

const long = `<p>first</p>${`<p>${'We looked at the numbers. '.repeat(15)}</p>`.repeat(30)}<p>last</p>`
const cut = `<p>Hello</p><blockquote>${long}</blockquote><p>No.</p><blockquote>${long}</blockquote>`

const still = stillPlugin()
const opened = (html: string): EditorState =>
  EditorState.create({ doc: readDocument(domOf(html)), plugins: [foldPlugin(), still] })

/** Which of the blocks stand still. */
const stillIn = (state: EditorState): number[] => {
  const marks = still.props.decorations!.call(still, state) as unknown as {
    find: () => { from: number }[]
  }
  return marks.find().map(({ from }) => state.doc.resolve(from).index(0))
}
const placeOf = ({ doc }: { doc: Node }, word: string): number => {
  let found = 0
  doc.descendants((node, at) => void (found === 0 && node.text === word && (found = at)))
  return found
}
const withCursor = (state: EditorState, at: number, to = at): EditorState =>
  state.apply(state.tr.setSelection(TextSelection.create(state.doc, at, to)))

beforeEach(() => vi.stubGlobal('requestAnimationFrame', () => 0))
afterEach(() => vi.unstubAllGlobals())

describe('a long quote', () => {
  it('stands still where no end of the selection is in it', () => {
    const state = opened(cut)
    const first = placeOf(state, 'first')
    expect(stillIn(state)).toEqual([1, 3])
    expect(stillIn(withCursor(state, first))).toEqual([3])
    expect(stillIn(withCursor(state, placeOf(state, 'Hello'), first + 2))).toEqual([3])
    expect(stillIn(withCursor(state, placeOf(state, 'Hello'), placeOf(state, 'No.')))).toEqual([1, 3])
    expect(stillIn(state.apply(state.tr.setSelection(new AllSelection(state.doc))))).toEqual([1, 3])
  })

  it('and a short one, or one that is folded, does not', () => {
    expect(stillIn(opened('<blockquote><p>Fine.</p></blockquote>'))).toEqual([])
    const folded = `<p></p><p class="attribution">Bob wrote:</p><blockquote>${long}</blockquote>`
    expect(stillIn(opened(folded))).toEqual([])
  })

  it('is woken by a step beside it and by every leap, and goes on standing at others', () => {
    let state = withCursor(opened(`<p>Far</p>${cut}`), 1)
    const view = {
      get state() {
        return state
      },
      dispatch: (tr: EditorState['tr']) => (state = state.apply(tr)),
      dom: { classList: new Set() },
    } as unknown as EditorView
    const press = (key: string) => {
      const event = { key, ctrlKey: false, metaKey: false } as KeyboardEvent
      still.props.handleDOMEvents!.keydown!.call(still, view, event)
      return stillIn(state)
    }
    expect(press('ArrowDown')).toEqual([2, 4])
    state = withCursor(state, placeOf(state, 'Hello'))
    expect(press('ArrowDown')).toEqual([])
    state = withCursor(opened(`<p>Far</p>${cut}`), 1)
    expect(press('PageDown')).toEqual([])
  })
})

it.each([
  ['a', 'typing'],
  ['Enter', 'typing'],
  ['ArrowLeft', 'step'],
  ['Home', 'nothing'],
  ['PageUp', 'page'],
  ['Shift', 'nothing'],
  ['Dead', 'nothing'],
])('the key %s means %s', (key, means) =>
  expect(meaningOf({ key, ctrlKey: false, metaKey: false })).toBe(means),
)

it('with Control or Command a key means something else', () => {
  expect(meaningOf({ key: 'End', ctrlKey: true, metaKey: false })).toBe('leap')
  expect(meaningOf({ key: 'ArrowDown', ctrlKey: false, metaKey: true })).toBe('leap')
  expect(meaningOf({ key: 'n', ctrlKey: true, metaKey: false })).toBe('step')
  expect(meaningOf({ key: 'c', ctrlKey: true, metaKey: false })).toBe('nothing')
})
