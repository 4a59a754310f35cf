import type { Mark, MarkSpec, TagParseRule } from 'prosemirror-model'
import { fontOf, fonts, hexOf, inkOf, markerOf, sizeOf, sizes, type FontName, type SizeName } from './looks'

// Colour, marker, font and size of letters. `data-look` is how the editor knows its own when they are copied
// within it; what is pasted from elsewhere brings its emphasis along, not its looks (paste.ts).

const orNot = (value: string | null): { value: string } | false => (value ? { value } : false)

const own = (name: string): TagParseRule => ({
  tag: `span[data-${name}]`,
  consuming: false,
  getAttrs: (dom) => orNot(readers[name as LookName](dom.getAttribute(`data-${name}`) ?? '')),
})

/** Only where a person put it: headings, code and boxes have looks of their own. */
const letters = ['span', 'font', 'b', 'strong', 'i', 'em', 'u']

const styled = (properties: readonly string[], read: (value: string) => string | null): TagParseRule[] =>
  letters.map((tag) => ({
    tag: `${tag}[style]`,
    consuming: false,
    getAttrs: (dom) => {
      const values = properties.map((property) => read(dom.style.getPropertyValue(property)))
      return orNot(values.find(Boolean) ?? null)
    },
  }))

const ofFont = (attribute: string, read: (value: string) => string | null): TagParseRule => ({
  tag: `font[${attribute}]`,
  consuming: false,
  getAttrs: (dom) => orNot(read(dom.getAttribute(attribute) ?? '')),
})

export type LookName = 'ink' | 'marker' | 'font' | 'size'

const isIn = <T extends string>(known: Record<T, unknown>, name: string): string | null =>
  Object.hasOwn(known, name) ? name : null

const readers: Record<LookName, (value: string) => string | null> = {
  ink: hexOf,
  marker: hexOf,
  font: (name) => isIn(fonts, name),
  size: (name) => isIn(sizes, name),
}

const look = (name: LookName, rules: MarkSpec['parseDOM'], css: (value: string) => string): MarkSpec => ({
  attrs: { value: {} },
  parseDOM: [own(name), ...(rules ?? [])],
  toDOM: ({ attrs }) => ['span', { [`data-${name}`]: attrs.value, style: css(String(attrs.value)) }, 0],
})

export const lookMarks = {
  ink: look(
    'ink',
    [...styled(['color'], inkOf), ofFont('color', inkOf)],
    (value) => `--ink-of-letters:${value}`,
  ),
  marker: look(
    'marker',
    styled(['background-color', 'background'], markerOf),
    (value) => `--marker:${value}`,
  ),
  font: look(
    'font',
    [...styled(['font-family'], fontOf), ofFont('face', fontOf)],
    (value) => `font-family:${fonts[value as FontName].family}`,
  ),
  size: look('size', styled(['font-size'], sizeOf), (value) => `font-size:${sizes[value as SizeName]}%`),
} satisfies Record<LookName, MarkSpec>

const leaving: Record<LookName, (value: string) => string> = {
  ink: (value) => `color:${value}`,
  marker: (value) => `background-color:${value}`,
  font: (value) => `font-family:${fonts[value as FontName].family}`,
  size: (value) => `font-size:${sizes[value as SizeName]}%`,
}

export const isLook = (name: string): name is LookName => Object.hasOwn(leaving, name)

/** What stands in the message that leaves. */
export const lookStyle = (mark: Mark): string =>
  isLook(mark.type.name) ? leaving[mark.type.name](String(mark.attrs.value)) : ''
