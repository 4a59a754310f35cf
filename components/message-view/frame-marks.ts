import { marksAcross, type Piece } from '@/lib/client/marks'

// The words that were looked for, marked in a message's frame. The marks are the browser's own (CSS Custom Highlight
// API): nothing in the document of the sender is changed, and copying it copies no mark.

/** Long messages are marked at their beginning: what is found further down the browser's own search finds. */
const mostText = 500_000
const mostMarks = 1000

type View = Window & typeof globalThis

/** Elements within a line: what they part is read as one. */
const inline =
  'a,abbr,b,bdi,bdo,big,cite,code,del,dfn,em,font,i,ins,kbd,mark,q,s,samp,small,span,strike,strong,sub,sup,time,tt,u,var,wbr'
const blocks = `:not(${inline})`

/** The texts of the document, and which of them begin a line. */
const piecesOf = (content: Document): { nodes: Node[]; pieces: Piece[] } => {
  const walker = content.createTreeWalker(content.body, 5 /* NodeFilter.SHOW_TEXT | SHOW_ELEMENT */)
  const nodes: Node[] = []
  const pieces: Piece[] = []
  let [block, read]: [Element | null, number] = [null, 0]
  for (let node = walker.nextNode(); node && read < mostText; node = walker.nextNode()) {
    if (node.nodeType !== 3 /* TEXT_NODE */) {
      if (node.nodeName === 'BR') block = null
      continue
    }
    const text = node.nodeValue ?? ''
    const within = node.parentElement?.closest(blocks) ?? null
    nodes.push(node)
    pieces.push({ text, from: within === block ? 'joined' : 'apart' })
    block = within
    read += text.length
  }
  return { nodes, pieces }
}

const rangesOf = (content: Document, terms: readonly string[]): Range[] => {
  const { nodes, pieces } = piecesOf(content)
  return marksAcross(pieces, terms)
    .slice(0, mostMarks)
    .flatMap(({ from, to }) => {
      const [first, last] = [nodes[from.piece], nodes[to.piece]]
      if (!first || !last) return []
      const range = content.createRange()
      range.setStart(first, from.at)
      range.setEnd(last, to.at)
      return [range]
    })
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
