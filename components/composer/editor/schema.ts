import {
  Schema,
  type Attrs,
  type DOMOutputSpec,
  type MarkSpec,
  type NodeSpec,
  type TagParseRule,
} from 'prosemirror-model'
import { lookMarks } from './look-marks'
import { safeImageSource, safeLink } from './safe'
import { tableNodes } from './table'

// What a message may consist of: exactly the HTML that mail clients render. Whatever comes in (quotes, pastes,
// drafts) passes through these parse rules, so nothing outside this list can ever leave in a message.
// What leaves is written by to-html.ts; toDOM here is only what the editor shows.

const aligns = new Set(['left', 'center', 'right', 'justify'])
const alignOf = (dom: HTMLElement): string | null => {
  const align = dom.style.textAlign || dom.getAttribute('align') || ''
  return aligns.has(align) && align !== 'left' ? align : null
}
const shownAlign = (attrs: Attrs): Record<string, string> =>
  attrs.align ? { style: `text-align:${attrs.align}` } : {}

const hasClass = (dom: HTMLElement, name: string): null | false =>
  dom.getAttribute('class') === name ? null : false

const heading = (level: number): TagParseRule => ({
  tag: `h${level}`,
  getAttrs: (dom) => ({ level: Math.min(level, 3), align: alignOf(dom) }),
})

const nodes = {
  doc: { content: 'block+' },
  paragraph: {
    content: 'inline*',
    group: 'block',
    attrs: { align: { default: null }, role: { default: null } },
    parseDOM: [
      {
        tag: 'p',
        getAttrs: (dom) => ({
          align: alignOf(dom),
          role: dom.getAttribute('class') === 'attribution' ? 'attribution' : null,
        }),
      },
      { tag: 'center', getAttrs: () => ({ align: 'center' }) },
    ],
    toDOM: ({ attrs }) => ['p', { ...shownAlign(attrs), ...(attrs.role ? { class: attrs.role } : {}) }, 0],
  },
  heading: {
    content: 'inline*',
    group: 'block',
    defining: true,
    attrs: { level: { default: 1 }, align: { default: null } },
    parseDOM: [1, 2, 3, 4, 5, 6].map(heading),
    toDOM: ({ attrs }) => [`h${attrs.level}`, shownAlign(attrs), 0],
  },
  blockquote: {
    content: 'block+',
    group: 'block',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: (): DOMOutputSpec => ['blockquote', 0],
  },
  /** Who writes. At the end of a message it goes out below its separator (RFC 3676 section 4.3). */
  signature: {
    content: 'block+',
    group: 'block',
    defining: true,
    parseDOM: [
      { tag: 'p', priority: 60, ignore: true, getAttrs: (dom) => hasClass(dom, 'separator') },
      { tag: 'div', getAttrs: (dom) => hasClass(dom, 'signature') },
    ],
    toDOM: (): DOMOutputSpec => ['div', { class: 'signature' }, 0],
  },
  bullet_list: {
    content: 'list_item+',
    group: 'block',
    parseDOM: [{ tag: 'ul' }],
    toDOM: (): DOMOutputSpec => ['ul', 0],
  },
  ordered_list: {
    content: 'list_item+',
    group: 'block',
    attrs: { order: { default: 1 } },
    parseDOM: [{ tag: 'ol', getAttrs: (dom) => ({ order: startOf(dom) }) }],
    toDOM: ({ attrs }) => ['ol', attrs.order === 1 ? {} : { start: attrs.order }, 0],
  },
  list_item: {
    content: 'paragraph block*',
    defining: true,
    parseDOM: [{ tag: 'li' }],
    toDOM: (): DOMOutputSpec => ['li', 0],
  },
  code_block: {
    content: 'text*',
    marks: '',
    group: 'block',
    code: true,
    defining: true,
    parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
    toDOM: (): DOMOutputSpec => ['pre', ['code', 0]],
  },
  horizontal_rule: {
    group: 'block',
    parseDOM: [{ tag: 'hr' }],
    toDOM: (): DOMOutputSpec => ['hr'],
  },
  ...tableNodes,
  text: { group: 'inline' },
  image: {
    inline: true,
    group: 'inline',
    draggable: true,
    attrs: { src: {}, alt: { default: '' }, width: { default: null } },
    parseDOM: [{ tag: 'img[src]', getAttrs: imageOf }],
    toDOM: ({ attrs }) => [
      'img',
      { src: attrs.src, alt: attrs.alt, ...(attrs.width ? { width: attrs.width } : {}) },
    ],
  },
  hard_break: {
    inline: true,
    group: 'inline',
    selectable: false,
    parseDOM: [{ tag: 'br' }],
    toDOM: (): DOMOutputSpec => ['br'],
  },
} satisfies Record<string, NodeSpec>

function startOf(dom: HTMLElement): number {
  const start = Number(dom.getAttribute('start') ?? 1)
  return Number.isInteger(start) && start > 0 && start < 100_000 ? start : 1
}

function imageOf(dom: HTMLElement): Attrs | false {
  const src = safeImageSource(dom.getAttribute('src') ?? '')
  if (!src) return false
  const width = Number(dom.getAttribute('width'))
  return {
    src,
    alt: dom.getAttribute('alt') ?? '',
    width: width > 0 && width < 5000 ? Math.round(width) : null,
  }
}

const bold = (value: string): false | null => (/^(bold(er)?|[5-9]\d{2,})$/.test(value) ? null : false)

const marks = {
  link: {
    inclusive: false,
    attrs: { href: {} },
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (dom) => {
          const href = safeLink(dom.getAttribute('href') ?? '')
          return href ? { href } : false
        },
      },
    ],
    toDOM: ({ attrs }) => ['a', { href: attrs.href, rel: 'noopener noreferrer' }, 0],
  },
  ...lookMarks,
  strong: {
    parseDOM: [
      { tag: 'strong' },
      // Google Docs wraps everything in a `b` that is not bold.
      { tag: 'b', getAttrs: (dom) => (dom.style.fontWeight === 'normal' ? false : null) },
      { style: 'font-weight', getAttrs: bold },
    ],
    toDOM: (): DOMOutputSpec => ['strong', 0],
  },
  em: {
    parseDOM: [{ tag: 'i' }, { tag: 'em' }, { style: 'font-style=italic' }],
    toDOM: (): DOMOutputSpec => ['em', 0],
  },
  underline: {
    parseDOM: [
      { tag: 'u' },
      { style: 'text-decoration=underline' },
      { style: 'text-decoration-line=underline' },
    ],
    toDOM: (): DOMOutputSpec => ['u', 0],
  },
  strike: {
    parseDOM: [
      { tag: 's' },
      { tag: 'del' },
      { tag: 'strike' },
      { style: 'text-decoration=line-through' },
      { style: 'text-decoration-line=line-through' },
    ],
    toDOM: (): DOMOutputSpec => ['s', 0],
  },
  code: {
    parseDOM: [{ tag: 'code' }, { tag: 'tt' }, { tag: 'kbd' }],
    toDOM: (): DOMOutputSpec => ['code', 0],
  },
} satisfies Record<string, MarkSpec>

export const schema = new Schema<keyof typeof nodes, keyof typeof marks>({ nodes, marks })
