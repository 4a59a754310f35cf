import { parseDocument } from 'htmlparser2'

// As much of the DOM as ProseMirror's reader looks at, over a tree of htmlparser2, so that what goes into and
// comes out of the editor can be tested without a browser. The stories test the same in a real one.

type AnyNode = ReturnType<typeof parseDocument>['children'][number]
type Tag = Extract<AnyNode, { attribs: unknown }>
type Text = Extract<AnyNode, { type: 'text' }>
const isTag = (node: AnyNode): node is Tag => 'attribs' in node
const isText = (node: AnyNode): node is Text => node.type === 'text'

interface Shim {
  nodeType: number
  nodeName: string
  nodeValue: string | null
  childNodes: Shim[]
  firstChild: Shim | null
  nextSibling: Shim | null
  previousSibling: Shim | null
  parentNode: Shim | null
}

export function domOf(html: string): globalThis.Node {
  return shim(parseDocument(`<body>${html}</body>`).children[0]!, null) as unknown as globalThis.Node
}

function shim(node: AnyNode, parentNode: Shim | null): Shim {
  const base: Shim = {
    nodeType: isText(node) ? 3 : isTag(node) ? 1 : 8,
    nodeName: isTag(node) ? node.name.toUpperCase() : '#text',
    nodeValue: isText(node) ? node.data : null,
    childNodes: [],
    firstChild: null,
    nextSibling: null,
    previousSibling: null,
    parentNode,
  }
  const made = isTag(node) ? Object.assign(base, elementParts(node)) : base
  const children = isTag(node) ? node.children : []
  // HTML 13.1.2.5: the first line break inside `pre` is not content; htmlparser2 leaves it in.
  const first = children[0]
  if (isTag(node) && node.name === 'pre' && first && isText(first)) first.data = first.data.replace(/^\n/, '')
  made.childNodes = children.map((child) => shim(child, made))
  made.firstChild = made.childNodes[0] ?? null
  made.childNodes.forEach((child, i) => {
    child.nextSibling = made.childNodes[i + 1] ?? null
    child.previousSibling = made.childNodes[i - 1] ?? null
  })
  return made
}

function elementParts(tag: Tag) {
  return {
    tagName: tag.name.toUpperCase(),
    style: styleOf(tag.attribs.style ?? ''),
    getAttribute: (name: string) => tag.attribs[name] ?? null,
    hasAttribute: (name: string) => name in tag.attribs,
    /** `tag`, `[attr]` and `tag[attr]`: all that our parse rules use. */
    matches: (selector: string) => {
      const [, name, attr] = /^(\w*)(?:\[(\w+)\])?$/.exec(selector) ?? []
      return (!name || name === tag.name) && (!attr || attr in tag.attribs)
    },
  }
}

function styleOf(text: string) {
  const pairs = text
    .split(';')
    .map((pair) => pair.split(':').map((half) => half.trim()))
    .filter((pair): pair is [string, string] => pair.length === 2 && pair[0] !== '')
  const valueOf = (name: string) => pairs.find(([key]) => key === name)?.[1] ?? ''
  const style: Record<string, unknown> = {
    length: pairs.length,
    item: (i: number) => pairs[i]?.[0] ?? '',
    getPropertyValue: valueOf,
    textAlign: valueOf('text-align'),
    fontWeight: valueOf('font-weight'),
    whiteSpace: valueOf('white-space'),
  }
  pairs.forEach(([key], i) => (style[i] = key))
  return style
}
