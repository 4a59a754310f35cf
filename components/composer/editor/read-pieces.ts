import { Fragment, type Node } from 'prosemirror-model'
import { inertDocument } from '@/lib/client/trusted-types'
import { readPart } from './from-html'
import { inTurns } from './in-turns'
import { schema } from './schema'

// A long original is read a piece at a time, with turns between them in which keys are heard: all of it at once would
// hold up whoever types already.
// Invariant: what comes out is what reading it at once gives (read-pieces.test.ts). So it is cut between blocks alone,
// and gone into only where nothing but a quote or a plain box is.

/** Elements and texts: read in a few milliseconds. */
const pieceNodes = 120

type DomNode = globalThis.Node

/** No more than `most` are counted. */
function countNodes(node: DomNode, most: number): number {
  let count = 1
  for (let child = node.firstChild; child && count < most; child = child.nextSibling)
    count += countNodes(child, most - count)
  return count
}

const block = /^(P|DIV|TABLE|UL|OL|H[1-6]|PRE|HR|BLOCKQUOTE)$/
/** What of a style is a mark of the words in it. */
const marking = /^(color|background|font|text-decoration)/

const styleOf = (node: DomNode): string[] => {
  const { style } = node as HTMLElement
  return Array.from({ length: style.length }, (_, at) => style.item(at))
}

/** Read into, its parts come out as they would within it. */
const isPlainBox = (node: DomNode): boolean =>
  node.nodeName === 'BLOCKQUOTE' ||
  (node.nodeName === 'DIV' && (node as HTMLElement).getAttribute('class') !== 'signature')

/** Of everything in it, which its parts do not know. */
const keepsBlanks = (node: DomNode): boolean => (node as HTMLElement).style.whiteSpace.includes('pre')

const canBeEntered = (node: DomNode): boolean =>
  isPlainBox(node) &&
  !keepsBlanks(node) &&
  !styleOf(node).some((name) => marking.test(name)) &&
  countNodes(node, pieceNodes) >= pieceNodes

/** An item without its list gets one, which goes on over what follows. */
function hasLooseItems(parent: DomNode): boolean {
  for (let child = parent.firstChild; child; child = child.nextSibling)
    if (child.nodeName === 'LI') return true
  return false
}

function* blocksOf(parent: DomNode): Generator<void, Node[]> {
  if (hasLooseItems(parent)) return [...readPart(parent)]
  const found: Node[] = []
  let from = 0
  let to = 0
  let weight = 0
  const cut = () => {
    if (to > from) found.push(...readPart(parent, { from, to }))
    weight = 0
  }
  for (let child = parent.firstChild; child; child = child.nextSibling) {
    if (canBeEntered(child)) {
      cut()
      from = ++to
      yield
      const inner = yield* blocksOf(child)
      found.push(...(child.nodeName === 'DIV' ? inner : [quoteOf(inner)]))
      continue
    }
    to++
    weight += countNodes(child, pieceNodes)
    if (weight < pieceNodes || !block.test(child.nodeName)) continue
    cut()
    from = to
    yield
  }
  cut()
  return found
}

const quoteOf = (inner: Node[]): Node => schema.nodes.blockquote.createAndFill(null, Fragment.from(inner))!

/** Exported for its test. */
export function* readPieces(root: DomNode): Generator<void, Node> {
  return schema.nodes.doc.createAndFill(null, Fragment.from(yield* blocksOf(root)))!
}

export const fromHtmlInPieces = (html: string): Promise<Node> => inTurns(readPieces(inertDocument(html).body))
