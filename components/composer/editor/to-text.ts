import { Fragment, type Node } from 'prosemirror-model'

// The plain part: what the message says, readable on its own. One line per paragraph; the server wraps it as
// format=flowed (RFC 3676), so quote signs stand directly before the text and nothing is wrapped here.

export const toText = (doc: Node): string =>
  blocksToLines(doc, (node) => [knownText(node)])
    .join('\n')
    .trimEnd()

const isSignature = (node: Node): boolean => node.type.name === 'signature'

/** Without who says it: what a signature mentions is not said by this message. */
export const toOwnText = (doc: Node): string => {
  const nodes: Node[] = []
  doc.forEach((node) => void (isSignature(node) || nodes.push(node)))
  return toText(doc.copy(Fragment.from(nodes)))
}

/** Each as it stands in the text. */
export const signaturesIn = (doc: Node): string[] => {
  const texts: string[] = []
  doc.forEach((node) => void (isSignature(node) && texts.push(blockToLines(node).join('\n'))))
  return texts
}

/** From the last separator on, it included (RFC 3676 section 4.3); '' where there is none. */
export const belowSeparator = (text: string): string => {
  const at = `\n${text}`.lastIndexOf('\n-- \n')
  return at < 0 ? '' : text.slice(at)
}

function blocksToLines(parent: Node, linesOf = knownLines): string[] {
  const lines: string[] = []
  let before: Node | null = null
  parent.forEach((node) => {
    if (before && needsGap(before)) lines.push('')
    if (isSignature(node) && parent.type.name === 'doc' && node === parent.lastChild) lines.push('-- ')
    for (const line of linesOf(node)) lines.push(line)
    before = node
  })
  return lines
}

const isEmpty = (node: Node): boolean => node.type.name === 'paragraph' && node.content.size === 0

/** An empty paragraph is a blank line already, and an attribution belongs to the quote below it. */
const needsGap = (before: Node): boolean => !isEmpty(before) && before.attrs.role !== 'attribution'

// As with the HTML (to-html.ts): a long quote is read once, not at every pause.
const read = new WeakMap<Node, readonly string[]>()
const worthKeeping = 300

function knownLines(node: Node): readonly string[] {
  if (node.nodeSize < worthKeeping) return blockToLines(node)
  const lines = read.get(node) ?? blockToLines(node)
  read.set(node, lines)
  return lines
}

/** Known from then on, where that costs less than to read it again. */
export const readBlock = (node: Node): void => void (node.nodeSize >= worthKeeping && knownLines(node))

const joined = new WeakMap<Node, string>()

function knownText(node: Node): string {
  if (node.nodeSize < worthKeeping) return blockToLines(node).join('\n')
  const text = joined.get(node) ?? knownLines(node).join('\n')
  joined.set(node, text)
  return text
}

function blockToLines(node: Node): string[] {
  switch (node.type.name) {
    case 'blockquote':
      return blocksToLines(node).map(quoted)
    case 'signature':
      return blocksToLines(node)
    case 'bullet_list':
      return listLines(node, () => '- ')
    case 'ordered_list':
      return listLines(node, (index) => `${Number(node.attrs.order) + index}. `)
    case 'code_block':
      return node.textContent.split('\n')
    case 'table':
      return tableLines(node)
    case 'horizontal_rule':
      return ['-'.repeat(40)]
    default:
      return inlineText(node).split('\n')
  }
}

const quoted = (line: string): string => (line === '' || line.startsWith('>') ? `>${line}` : `> ${line}`)

function listLines(list: Node, sign: (index: number) => string): string[] {
  const lines: string[] = []
  list.forEach((item, _, index) => {
    const lead = sign(index)
    const inner = item.childCount === 1 ? inlineText(item.firstChild!).split('\n') : itemLines(item)
    inner.forEach((line, i) => lines.push(i === 0 ? lead + line : line && ' '.repeat(lead.length) + line))
  })
  return lines
}

/** A nested list follows its line directly; further paragraphs keep their gap. */
function itemLines(item: Node): string[] {
  const lines: string[] = []
  item.forEach((node, _, index) => {
    if (index > 0 && !node.type.name.endsWith('_list')) lines.push('')
    lines.push(...blockToLines(node))
  })
  return lines
}

/** A row a line; what a cell holds in several lines becomes one. */
function tableLines(table: Node): string[] {
  const lines: string[] = []
  table.forEach((row) => {
    const cells: string[] = []
    row.forEach((cell) => cells.push(blocksToLines(cell).filter(Boolean).join(' ')))
    lines.push(cells.join(' | '))
  })
  return lines
}

function inlineText(node: Node): string {
  const runs: { text: string; href: string }[] = []
  node.forEach((child) => {
    const href = String(child.marks.find((mark) => mark.type.name === 'link')?.attrs.href ?? '')
    const last = runs.at(-1)
    if (last && last.href === href) last.text += leafText(child)
    else runs.push({ text: leafText(child), href })
  })
  return runs.map(({ text, href }) => (href ? linkText(text, href) : text)).join('')
}

function leafText(node: Node): string {
  if (node.type.name === 'hard_break') return '\n'
  if (node.type.name === 'image') return node.attrs.alt ? `[${node.attrs.alt}]` : ''
  return (node.text ?? '').replaceAll('\u00a0', ' ')
}

/** Where a link leads is said unless its text says it already. */
function linkText(text: string, href: string): string {
  const target = href.replace(/^mailto:/i, '')
  const bare = (url: string) => url.replace(/^https?:\/\//i, '').replace(/\/$/, '')
  return bare(text.trim()) === bare(target) ? text : `${text} <${target}>`
}
