import { DOMParser as DocumentReader, Fragment, type Node } from 'prosemirror-model'
import { inertDocument } from '@/lib/client/trusted-types'
import { schema } from './schema'

const reader = DocumentReader.fromSchema(schema)

/** Reads HTML into a document. It is parsed in an inert document: nothing runs, nothing is fetched. */
export function fromHtml(html: string): Node {
  return readDocument(inertDocument(html).body)
}

export const readDocument = (root: globalThis.Node): Node => withoutFillers(reader.parse(root))

// What may follow a block: so a part in which there is none does not get an empty line.
const topNode = schema.nodes.doc.create()
const topMatch = schema.nodes.doc.contentMatch.matchType(schema.nodes.paragraph)!

/** The children of an element, or some of them. */
export function readPart(parent: globalThis.Node, part?: { from: number; to: number }): readonly Node[] {
  return withoutFillers(reader.parse(parent, { ...part, topNode, topMatch })).children
}

/** The last `<br>` of a block only gives it height (HTML: it is not drawn as a line of its own). */
function withoutFillers(node: Node): Node {
  if (node.isLeaf) return node
  const last = node.lastChild
  if (node.isTextblock)
    return last?.type.name === 'hard_break' ? node.cut(0, node.content.size - last.nodeSize) : node
  const children: Node[] = []
  node.forEach((child) => children.push(withoutFillers(child)))
  return node.copy(Fragment.from(children))
}
