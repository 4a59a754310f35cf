import type { Fragment, Mark, Node } from 'prosemirror-model'
import { lookStyle } from './look-marks'
import { ownTable } from './table'

// The HTML that leaves. Mail clients drop style sheets and know few properties, so every element carries its own
// style, in what Outlook, Gmail and Apple Mail all render. Written as text on purpose: no browser serialisation
// decides what recipients get, and tests read it as it is sent.

const styles: Record<string, string> = {
  paragraph: 'margin:0 0 10px',
  heading1: 'margin:18px 0 10px;font-size:22px;line-height:1.25',
  heading2: 'margin:16px 0 8px;font-size:18px;line-height:1.3',
  heading3: 'margin:14px 0 6px;font-size:15px;line-height:1.35',
  blockquote: 'margin:0 0 10px;padding:0 0 0 12px;border-left:2px solid #c3c9d4',
  list: 'margin:0 0 10px;padding:0 0 0 24px',
  item: 'margin:0 0 4px',
  inItem: 'margin:0',
  code_block:
    'margin:0 0 10px;padding:10px 12px;background:#f3f4f7;border-radius:6px;font-family:Consolas,Menlo,monospace;font-size:13px;white-space:pre-wrap',
  code: 'padding:1px 4px;background:#f3f4f7;border-radius:4px;font-family:Consolas,Menlo,monospace;font-size:13px',
  horizontal_rule: 'margin:16px 0;border:0;border-top:1px solid #d5d9e1',
  whole: 'font-family:Arial,Helvetica,sans-serif;line-height:1.5',
  table: 'margin:0 0 10px;border-collapse:collapse',
  cell: 'padding:6px 10px;border:1px solid #c3c9d4;vertical-align:top;text-align:start',
  separator: 'margin:0 0 4px;color:#6b7280',
}

/** `size`: of the letters, in pixels. */
export const toHtml = (doc: Node, size = '14'): string =>
  `<div style="${styles.whole};font-size:${size}px">${blocks(doc.content, 'end')}</div>`

/** The same without the wrapper, to be put into something larger. */
export const toInnerHtml = (doc: Node): string => blocks(doc.content, '')

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const attributes = (pairs: Record<string, string | number | null | undefined>): string =>
  Object.entries(pairs)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => ` ${name}="${escape(String(value))}"`)
    .join('')

const css = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join(';')
const aligned = (node: Node): string | null => (node.attrs.align ? `text-align:${node.attrs.align}` : null)

function blocks(content: Fragment, within: string): string {
  let html = ''
  content.forEach((node, _, index) => {
    const isLast = index === content.childCount - 1
    html += block(node, within === 'end' && !isLast ? '' : within)
  })
  return html
}

// A document is made of nodes that never change, and a key replaces only those it is typed into: a long quote is
// written once, however often what stands above it is kept.
const written = new WeakMap<Node, Map<string, string>>()
/** Below this, writing costs less than remembering. */
const worthKeeping = 300

function block(node: Node, within: string): string {
  const writer = blockWriters[node.type.name]
  if (!writer) return ''
  if (node.nodeSize < worthKeeping) return writer(node, within)
  const known = written.get(node) ?? new Map<string, string>()
  written.set(node, known)
  const html = known.get(within) ?? writer(node, within)
  known.set(within, html)
  return html
}

/** Known from then on, where that costs less than to write it again. */
export const writeBlock = (node: Node): void => void (node.nodeSize >= worthKeeping && block(node, ''))

const element = (
  tag: string,
  attrs: Record<string, string | number | null | undefined>,
  inner: string,
): string => `<${tag}${attributes(attrs)}>${inner}</${tag}>`

const blockWriters: Record<string, (node: Node, within: string) => string> = {
  paragraph: (node, within) => {
    const isAttribution = node.attrs.role === 'attribution'
    const style = css(within === 'item' ? styles.inItem : styles.paragraph, aligned(node))
    return element(
      'p',
      { class: isAttribution ? 'attribution' : null, style },
      inline(node.content) || '<br>',
    )
  },
  heading: (node) =>
    element(
      `h${node.attrs.level}`,
      { style: css(styles[`heading${node.attrs.level}`], aligned(node)) },
      inline(node.content) || '<br>',
    ),
  blockquote: (node) =>
    element('blockquote', { type: 'cite', style: styles.blockquote }, blocks(node.content, '')),
  // What stands below the separator is cut off by who answers: only what nothing follows gets one.
  signature: (node, within) =>
    element(
      'div',
      { class: 'signature' },
      (within === 'end' ? element('p', { class: 'separator', style: styles.separator }, '-- ') : '') +
        blocks(node.content, ''),
    ),
  bullet_list: (node) => element('ul', { style: styles.list }, blocks(node.content, '')),
  ordered_list: (node) =>
    element(
      'ol',
      { start: node.attrs.order === 1 ? null : node.attrs.order, style: styles.list },
      blocks(node.content, ''),
    ),
  list_item: (node) => element('li', { style: styles.item }, blocks(node.content, 'item')),
  // A first line break inside `pre` is not content (HTML 13.1.2.5): one more keeps the text's own.
  code_block: (node) =>
    element(
      'pre',
      { style: styles.code_block },
      (node.textContent.startsWith('\n') ? '\n' : '') + escape(node.textContent),
    ),
  // Word's engine in Outlook knows no collapsed borders without the attributes.
  table: (node) =>
    element(
      'table',
      { class: ownTable, cellpadding: 0, cellspacing: 0, border: 0, style: styles.table },
      `<tbody>${blocks(node.content, '')}</tbody>`,
    ),
  table_row: (node) => element('tr', {}, blocks(node.content, '')),
  table_cell: (node) =>
    element(node.attrs.head === 'yes' ? 'th' : 'td', { style: styles.cell }, blocks(node.content, 'item')),
  horizontal_rule: () => `<hr${attributes({ style: styles.horizontal_rule })}>`,
}

const looked = (mark: Mark): [open: string, close: string] => [
  `<span${attributes({ style: lookStyle(mark) })}>`,
  '</span>',
]

const markTags: Record<string, (mark: Mark) => [open: string, close: string]> = {
  ink: looked,
  marker: looked,
  font: looked,
  size: looked,
  strong: () => ['<b>', '</b>'],
  em: () => ['<i>', '</i>'],
  underline: () => ['<u>', '</u>'],
  strike: () => ['<s>', '</s>'],
  code: () => [`<code style="${styles.code}">`, '</code>'],
  link: (mark) => [`<a${attributes({ href: mark.attrs.href })}>`, '</a>'],
}

/** Marks are opened and closed only where they change, so that a link over three words stays one link. */
function inline(content: Fragment): string {
  let html = ''
  let open: readonly Mark[] = []
  const closeTo = (depth: number) => {
    for (let i = open.length - 1; i >= depth; i--) html += tagOf(open[i]!)[1]
  }
  content.forEach((node, _, index) => {
    let shared = 0
    while (shared < open.length && shared < node.marks.length && open[shared]!.eq(node.marks[shared]!))
      shared++
    closeTo(shared)
    for (const mark of node.marks.slice(shared)) html += tagOf(mark)[0]
    open = node.marks
    html += leaf(node, { before: content.maybeChild(index - 1), after: content.maybeChild(index + 1) })
  })
  closeTo(0)
  // A last line break is not drawn by itself (HTML: a line box needs content).
  return content.lastChild?.type.name === 'hard_break' ? `${html}<br>` : html
}

const tagOf = (mark: Mark): [string, string] => markTags[mark.type.name]?.(mark) ?? ['', '']

interface Neighbours {
  before: Node | null
  after: Node | null
}

function leaf(node: Node, around: Neighbours): string {
  if (node.type.name === 'hard_break') return '<br>'
  if (node.type.name === 'image') {
    const { src, alt, width } = node.attrs
    return `<img${attributes({ src, alt, width, style: 'max-width:100%' })}>`
  }
  return escape(keepSpaces(node.text ?? '', around))
}

/** HTML folds runs of spaces and drops those at the edges; what was typed is kept. */
function keepSpaces(text: string, { before, after }: Neighbours): string {
  const inner = text.replace(/ {2,}/g, (run) => `${'\u00a0'.repeat(run.length - 1)} `)
  const opensLine = !before?.isText || before.text!.endsWith(' ')
  const led = opensLine && inner.startsWith(' ') ? `\u00a0${inner.slice(1)}` : inner
  return !after?.isText && led.endsWith(' ') ? `${led.slice(0, -1)}\u00a0` : led
}
