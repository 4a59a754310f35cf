import 'server-only'
import { type CssNode, generate, type List, parse, walk } from 'css-tree'
import { cssFunctions, properties } from './allowed'
import { darkenDeclaration } from './dark'
import { type Asked, imageUrl, type Tally } from './resources'

// Style sheets and style attributes, read by a CSS parser and written again. Invariants: no at-rule but
// @media and @supports; no property or function that is not in allowed.ts; no address that resources.ts did
// not give; and no `<` in what is written, so that nothing in it can end a style element.

export interface Styling {
  asked: Asked
  tally: Tally
  /** `own` when the mail brings a dark side itself: then its colours are left to it. */
  dark: 'no' | 'ours' | 'own'
}

const longestSheet = 512_000
const longestAttribute = 20_000
const deepestNesting = 8
const deepestBrackets = 50

const quiet = { onParseError: () => undefined, parseCustomProperty: false }

// The frame is as tall as its content wants: what wants more than the frame has would make it grow without end.
const growing = new Set(
  'vh dvh svh lvh vb dvb svb lvb vmax dvmax svmax lvmax vmin dvmin svmin lvmin'.split(' '),
)

const inFlow = new Set(['static', 'relative', 'initial', 'unset', 'inherit'])

/** Rewrites addresses in place; false when something in the value may not be there. */
const valueIsSafe = (value: CssNode, styling: Styling): boolean => {
  let safe = true
  walk(value, (node, item, list) => {
    if (node.type === 'Function' && !cssFunctions.has(node.name.toLowerCase())) safe = false
    if (node.type === 'Raw' || node.type === 'UnicodeRange') safe = false
    if (node.type === 'Dimension' && growing.has(node.unit.toLowerCase())) safe = false
    if (node.type !== 'Url') return
    const url = imageUrl(node.value, styling.asked, styling.tally)
    // A picture that is held back leaves the colour beside it where it is.
    if (url !== null) node.value = url
    else if (list && item) list.replace(item, list.createItem({ type: 'Identifier', name: 'none' }))
    else safe = false
  })
  return safe
}

const declarationIsSafe = (node: CssNode, styling: Styling): boolean => {
  if (node.type !== 'Declaration') return false
  const name = node.property.toLowerCase()
  if (!properties.has(name) || node.value.type === 'Raw') return false
  // What leaves the flow could lie over something, or over everything.
  if (name === 'position' && !inFlow.has(generate(node.value).toLowerCase())) return false
  return valueIsSafe(node.value, styling)
}

/** Ink that was chosen for a picture stays with the picture. */
const hasPicture = (block: List<CssNode>): boolean => block.some((node) => generate(node).includes('url('))

const darken = (block: List<CssNode>, { dark }: Styling): void => {
  if (dark === 'ours' && !hasPicture(block)) block.forEach(darkenDeclaration)
}

const keep = (list: List<CssNode>, wanted: (node: CssNode) => boolean): void => {
  list.forEach((node, item) => {
    if (!wanted(node)) list.remove(item)
  })
}

/** Ids were renamed in the document (sanitise.ts), so they are renamed in what refers to them. */
const renameIds = (selector: CssNode): void =>
  walk(selector, (node) => {
    if (node.type === 'IdSelector') node.name = `m-${node.name.replace(/^(m-)+/, '')}`
    if (
      node.type === 'AttributeSelector' &&
      node.name.name.toLowerCase() === 'id' &&
      node.value?.type === 'String'
    )
      node.value.value = `m-${node.value.value}`
  })

const ruleIsSafe = (node: CssNode, styling: Styling, depth: number): boolean => {
  if (depth > deepestNesting) return false
  if (node.type === 'Rule') {
    if (node.prelude.type === 'Raw') return false
    renameIds(node.prelude)
    keep(node.block.children, (child) => declarationIsSafe(child, styling))
    darken(node.block.children, styling)
    return !node.block.children.isEmpty
  }
  if (node.type !== 'Atrule' || !node.block || !node.prelude || node.prelude.type === 'Raw') return false
  if (!['media', 'supports'].includes(node.name.toLowerCase())) return false
  keep(node.block.children, (child) => ruleIsSafe(child, styling, depth + 1))
  return !node.block.children.isEmpty
}

/** The app's theme decides, not the machine's: the question is answered here. */
const answered = (css: string, dark: Styling['dark']): string =>
  css.replace(/\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi, (_, scheme: string) =>
    (scheme.toLowerCase() === 'dark') === (dark !== 'no') ? '(min-width:0px)' : '(max-width:0px)',
  )

/** Valid in strings and identifiers, and nowhere else in CSS does `<` mean anything we keep. */
const withoutMarkup = (css: string): string => css.replaceAll('<', '\\3c ')

export const cleanSheet = (css: string, styling: Styling): string => {
  // Style sheets are still wrapped in HTML comments by some mailers (CSS Syntax section 5.3.3).
  const sheet = read(
    answered(css.slice(0, longestSheet).replace(/<!--|-->/g, ' '), styling.dark),
    'stylesheet',
  )
  if (sheet?.type !== 'StyleSheet') return ''
  keep(sheet.children, (node) => ruleIsSafe(node, styling, 0))
  return withoutMarkup(generate(sheet))
}

// The same few hundred declarations stand in nearly all mail. Where nothing but words, numbers and colours is written,
// what a declaration becomes depends on nothing beside it, so it is read once for all messages.
const plain = /^(?:[\w\s#:;,.%!-]|\([\d\s,.%]*\))*$/
const mostKnown = 20_000
const longestKnown = 120
const known = new Map<string, string>()

const cleanPlain = (declaration: string, styling: Styling): string => {
  if (declaration.length > longestKnown) return cleanDeclarations(declaration, styling)
  const key = `${styling.dark} ${declaration}`
  const before = known.get(key)
  if (before !== undefined) return before
  const clean = cleanDeclarations(declaration, styling)
  if (known.size >= mostKnown) known.clear()
  known.set(key, clean)
  return clean
}

export const cleanAttribute = (css: string, styling: Styling): string => {
  if (css.length > longestAttribute) return ''
  if (!plain.test(css)) return cleanDeclarations(css, styling)
  const declarations = css.split(';').map((one) => cleanPlain(one.trim(), styling))
  return declarations.filter((one) => one !== '').join(';')
}

const cleanDeclarations = (css: string, styling: Styling): string => {
  const list = read(css, 'declarationList')
  if (list?.type !== 'DeclarationList') return ''
  keep(list.children, (node) => declarationIsSafe(node, styling))
  darken(list.children, styling)
  return withoutMarkup(generate(list))
}

/** The parser and the walker call themselves: what nests deeper than any sheet does is not read at all. */
const isDeep = (css: string): boolean => {
  let depth = 0
  for (let at = 0; at < css.length; at++) {
    const char = css.charCodeAt(at)
    // ( [ { and ) ] }
    if (char === 0x28 || char === 0x5b || char === 0x7b) depth++
    if (char === 0x29 || char === 0x5d || char === 0x7d) depth = Math.max(0, depth - 1)
    if (depth > deepestBrackets) return true
  }
  return false
}

const read = (css: string, context: string): CssNode | null => {
  if (isDeep(css)) return null
  try {
    return parse(css, { context, ...quiet })
  } catch {
    return null
  }
}
