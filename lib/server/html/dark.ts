import 'server-only'
import { type CssNode, generate, walk } from 'css-tree'
import { type Colour, readColour, writeColour } from './colour'

// HTML mail on dark paper. Senders chose their colours for white: paper is turned dark and ink light by
// lightness alone, so that hue and brand stay; what was dark already stays as it is. Contrast is kept by
// construction: no paper that was turned is lighter than 0.56, no ink darker than 0.74.

export type Role = 'ink' | 'paper' | 'line'

const paperLightest = 0.45
const brandLightest = 0.56
const inkDarkest = 0.74

/** White paper becomes the app's own surface; a brand's colour is only dimmed until white reads on it. */
const paperOf = (colour: Colour): Colour => {
  const { lightness, chroma } = colour
  // Yellows are light by nature: there colour alone tells a brand from paper.
  const isBrand = (chroma > 0.09 && lightness < 0.8) || chroma > 0.11
  if (lightness <= (isBrand ? brandLightest : paperLightest)) return colour
  const darker = isBrand ? brandLightest : 0.24 + (1 - lightness) * 0.45
  // Less light holds less colour: kept as it is, it would leave sRGB and change its hue.
  if (chroma > 0.03) return { ...colour, lightness: darker, chroma: (chroma * darker) / lightness }
  return { ...colour, lightness: darker, chroma: 0.013, hue: 262 }
}

/** Black ink is 0.94, a mid grey 0.78. */
const inkOf = (lightness: number): number =>
  Math.max(inkDarkest, lightness >= inkDarkest ? lightness : 0.94 - lightness * 0.3)

const lineOf = (lightness: number): number => (lightness > 0.6 ? 0.36 : 0.5)

export const darkened = (text: string, role: Role): Colour | null => {
  const colour = readColour(text)
  if (!colour || colour.alpha === 0) return null
  const { lightness, chroma } = colour
  if (role === 'paper') return paperOf(colour)
  if (role === 'line') return { ...colour, lightness: lineOf(lightness), chroma: Math.min(chroma, 0.1) }
  return { ...colour, lightness: inkOf(lightness), chroma: Math.min(chroma, 0.13) }
}

const roleOf = (property: string): Role | null => {
  if (
    property === 'color' ||
    property.startsWith('text-decoration') ||
    property === '-webkit-text-fill-color'
  )
    return 'ink'
  if (property.startsWith('background')) return 'paper'
  if (/^(border|outline|column-rule|box-shadow)/.test(property)) return 'line'
  return null
}

const isColour = (node: CssNode): boolean =>
  node.type === 'Hash' ||
  node.type === 'Identifier' ||
  (node.type === 'Function' && /^(rgb|hsl)a?$/i.test(node.name))

/** Rewrites the colours of a declaration in place. */
export const darkenDeclaration = (declaration: CssNode): void => {
  if (declaration.type !== 'Declaration') return
  const role = roleOf(declaration.property.toLowerCase())
  if (!role) return
  walk(declaration.value, (node, item, list) => {
    if (!isColour(node) || !list || !item) return
    const colour = darkened(generate(node), role)
    if (colour) list.replace(item, list.createItem({ type: 'Raw', value: writeColour(colour) }))
  })
}
