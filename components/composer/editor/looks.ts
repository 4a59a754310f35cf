import { askedTable } from '@/lib/model/asked'

// How letters may look beyond their emphasis: in what mail clients honour, and in few steps, so that what is quoted
// or pasted becomes one of them or nothing.

export const palette = [
  '#1f2328',
  '#6b7280',
  '#b42318',
  '#c2410c',
  '#a16207',
  '#15803d',
  '#0e7490',
  '#1d4ed8',
  '#6d28d9',
  '#be185d',
] as const

export const markers = ['#fef08a', '#bbf7d0', '#bfdbfe', '#fbcfe8', '#fed7aa', '#e5e7eb'] as const

export type FontName = 'serif' | 'fixed' | 'wide' | 'narrow' | 'round'

/** The family that leaves; the first name of one that comes in decides. */
export const fonts: Record<FontName, { family: string; known: RegExp }> = {
  serif: {
    family: "Georgia,'Times New Roman',serif",
    known: /^(georgia|times|times new roman|garamond|cambria|palatino|serif)$/,
  },
  fixed: {
    family: 'Consolas,Menlo,monospace',
    known: /^(consolas|menlo|monaco|courier|courier new|monospace|ui-monospace)$/,
  },
  wide: { family: 'Verdana,Geneva,sans-serif', known: /^(verdana|geneva)$/ },
  narrow: { family: "'Arial Narrow',Arial,sans-serif", known: /^(arial narrow)$/ },
  round: { family: "'Trebuchet MS',Tahoma,sans-serif", known: /^(trebuchet ms|tahoma|comic sans ms)$/ },
}

export const fontOf = (families: string): FontName | null => {
  const first = (families.slice(0, 300).split(',')[0] ?? '').replace(/["']/g, '').trim().toLowerCase()
  const found = (Object.entries(fonts) as [FontName, (typeof fonts)[FontName]][]).find(([, { known }]) =>
    known.test(first),
  )
  return found?.[0] ?? null
}

export type SizeName = 'small' | 'large' | 'huge'

/** In hundredths of the size of the text around. */
export const sizes: Record<SizeName, number> = { small: 82, large: 130, huge: 190 }

const keywords = askedTable<SizeName>({
  'xx-small': 'small',
  'x-small': 'small',
  small: 'small',
  large: 'large',
  'x-large': 'large',
  'xx-large': 'huge',
  'xxx-large': 'huge',
})

/** Pixels of the usual 14, points, percent and `em` brought to the steps there are. */
export function sizeOf(value: string): SizeName | null {
  const text = value.trim().toLowerCase()
  if (keywords[text]) return keywords[text]
  const [, number = '', unit = ''] = /^(\d{1,4}(?:\.\d{1,4})?)(px|pt|em|rem|%)$/.exec(text) ?? []
  const factor = { px: 1 / 14, pt: 1 / 10.5, em: 1, rem: 1, '%': 1 / 100 }[unit]
  if (!factor) return null
  const times = Number(number) * factor
  if (times >= 1.6) return 'huge'
  if (times >= 1.2) return 'large'
  return times <= 0.86 && times >= 0.4 ? 'small' : null
}

const two = (n: number): string => Math.min(255, n).toString(16).padStart(2, '0')

/** `#rrggbb`, or '' for what is none: names and functions but rgb() are not needed, and nothing else leaves. */
export function hexOf(value: string): string {
  const text = value.slice(0, 60).trim().toLowerCase()
  if (/^#[0-9a-f]{6}$/.test(text)) return text
  if (/^#[0-9a-f]{3}$/.test(text)) return `#${[...text.slice(1)].map((digit) => digit + digit).join('')}`
  const [, r, g, b] = /^rgb\((\d{1,3})[,\s]+(\d{1,3})[,\s]+(\d{1,3})\)$/.exec(text) ?? []
  if (r && g && b) return `#${two(Number(r))}${two(Number(g))}${two(Number(b))}`
  return named[text] ?? ''
}

const named = askedTable<string>({
  red: '#ff0000',
  green: '#008000',
  blue: '#0000ff',
  navy: '#000080',
  purple: '#800080',
  orange: '#ffa500',
  yellow: '#ffff00',
  gray: '#808080',
  grey: '#808080',
  maroon: '#800000',
  teal: '#008080',
})

const lightness = (hex: string): number =>
  [1, 3, 5].reduce((sum, at) => sum + parseInt(hex.slice(at, at + 2), 16), 0) / 3

/** Ink that is as good as black is what letters are anyway, and white was written on a paper that is not ours. */
export function inkOf(value: string): string {
  const hex = hexOf(value)
  return hex && lightness(hex) > 45 && lightness(hex) < 235 ? hex : ''
}

/** Paper that is as good as white marks nothing; a dark one would hide what stands on it. */
export function markerOf(value: string): string {
  const hex = hexOf(value)
  return hex && lightness(hex) < 246 && lightness(hex) > 120 ? hex : ''
}
