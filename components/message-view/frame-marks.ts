import { patternOf } from '@/components/message-list/marked'

// The words that were looked for, marked in a message's frame. The marks are the browser's own (CSS Custom Highlight
// API): nothing in the document of the sender is changed, and copying it copies no mark.

/** Long messages are marked at their beginning: what is found further down the browser's own search finds. */
const mostText = 500_000
const mostMarks = 1000

type View = Window & typeof globalThis

const rangesOf = (content: Document, terms: readonly string[]): Range[] => {
  const pattern = patternOf(terms)
  const walker = content.createTreeWalker(content.body, 4 /* NodeFilter.SHOW_TEXT */)
  const ranges: Range[] = []
  let read = 0
  for (let node = walker.nextNode(); node && read < mostText; node = walker.nextNode()) {
    const text = node.nodeValue ?? ''
    read += text.length
    for (const { index, 0: found } of text.matchAll(pattern)) {
      if (ranges.length >= mostMarks) return ranges
      const range = content.createRange()
      range.setStart(node, index)
      range.setEnd(node, index + found.length)
      ranges.push(range)
    }
  }
  return ranges
}

/** Where a browser has no such marks there are none. */
export const markTerms = (frame: HTMLIFrameElement, terms: readonly string[]): void => {
  const view = frame.contentWindow as View | null
  const content = frame.contentDocument
  if (!view || !content?.body || !view.CSS || !('highlights' in view.CSS)) return
  view.CSS.highlights.delete('found')
  if (terms.length === 0) return
  const sheet = new view.CSSStyleSheet()
  sheet.replaceSync('::highlight(found) { background-color: oklch(82% 0.14 80 / 0.55); }')
  content.adoptedStyleSheets = [sheet]
  view.CSS.highlights.set('found', new view.Highlight(...rangesOf(content, terms)))
}
