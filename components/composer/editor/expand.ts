import { InputRule, inputRules } from 'prosemirror-inputrules'
import type { Plugin } from 'prosemirror-state'
import { fromHtml } from './from-html'
import { sliceOf } from './paste'

/** Answers the text a shortcut stands for, or null when there is none. */
export type Expand = (shortcut: string) => string | null

/** `/thanks` and a space at the beginning of a word. */
export const shortcutPattern = /(^|\s)\/([\p{L}\p{N}_-]{1,40})\s$/u

/** Undone by one Backspace, like every shorthand. */
export const expandPlugin = (expand: Expand): Plugin =>
  inputRules({
    rules: [
      new InputRule(shortcutPattern, (state, match, start, end) => {
        const [, before = '', shortcut = ''] = match
        const html = expand(shortcut)
        if (html === null) return null
        return state.tr.replace(start + before.length, end, sliceOf(fromHtml(html)))
      }),
    ],
  })
