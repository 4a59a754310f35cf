import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules'
import type { MarkType } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'
import { linkFromTyping } from './safe'
import { schema } from './schema'

// What people type to format: markdown's signs, undone by one Backspace.

const { nodes, marks } = schema

/** `**bold**`: the signs go, the text between them is marked. */
function between(pattern: RegExp, type: MarkType): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    const [, before = '', text = ''] = match
    if (!text || state.doc.rangeHasMark(start, end, marks.code)) return null
    const from = start + before.length
    const transaction = state.tr.replaceWith(from, end, schema.text(text, [type.create()]))
    return transaction.removeStoredMark(type)
  })
}

const rule = new InputRule(/^---$/, (state, _, start, end) => {
  const at = state.doc.resolve(start)
  if (at.depth !== 1) return null
  return state.tr.replaceRangeWith(start, end, nodes.horizontal_rule.create())
})

/** An address followed by a space becomes a link. */
const autolink = new InputRule(
  /(^|\s)((?:https?:\/\/|www\.)[^\s<>"]+[^\s<>".,;:!?)\]}'])\s$/i,
  (state, match, start, end) => {
    const [, before = '', typed = ''] = match
    const from = start + before.length
    const href = linkFromTyping(typed)
    if (!href || hasLink(state, from, from + typed.length)) return null
    return state.tr
      .addMark(from, from + typed.length, marks.link.create({ href }))
      .insertText(' ', end)
      .removeStoredMark(marks.link)
  },
)

const hasLink = (state: EditorState, from: number, to: number): boolean =>
  state.doc.rangeHasMark(from, to, marks.link) || state.doc.rangeHasMark(from, to, marks.code)

export const shorthand = inputRules({
  rules: [
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    wrappingInputRule(/^\s*([-*•])\s$/, nodes.bullet_list),
    wrappingInputRule(
      /^(\d{1,4})[.)]\s$/,
      nodes.ordered_list,
      (match) => ({ order: Number(match[1]) }),
      (match, node) => node.childCount + Number(node.attrs.order) === Number(match[1]),
    ),
    textblockTypeInputRule(/^(#{1,3})\s$/, nodes.heading, (match) => ({ level: match[1]!.length })),
    textblockTypeInputRule(/^```$/, nodes.code_block),
    rule,
    between(/(^|[\s(])\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/, marks.strong),
    between(/(^|[\s(])\*([^*\s](?:[^*]*[^*\s])?)\*$/, marks.em),
    between(/(^|[\s(])_([^_\s](?:[^_]*[^_\s])?)_$/, marks.em),
    between(/(^|[\s(])~~([^~\s](?:[^~]*[^~\s])?)~~$/, marks.strike),
    between(/(^|[\s(])`([^`]+)`$/, marks.code),
    autolink,
  ],
})
