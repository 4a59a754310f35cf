import 'server-only'
import { askedTable } from '@/lib/model/asked'

// Colours as senders write them, and as OKLCH, in which lightness is what the eye calls lightness
// (CSS Color 4 section 9.3; the matrices are Björn Ottosson's).

export interface Colour {
  lightness: number
  chroma: number
  hue: number
  alpha: number
}

const names = askedTable<string>(
  Object.fromEntries(
    `black:000000 white:ffffff red:ff0000 green:008000 blue:0000ff yellow:ffff00 orange:ffa500 purple:800080
  gray:808080 grey:808080 silver:c0c0c0 maroon:800000 navy:000080 teal:008080 olive:808000 lime:00ff00 aqua:00ffff
  cyan:00ffff fuchsia:ff00ff magenta:ff00ff lightgray:d3d3d3 lightgrey:d3d3d3 darkgray:a9a9a9 darkgrey:a9a9a9
  dimgray:696969 dimgrey:696969 whitesmoke:f5f5f5 gainsboro:dcdcdc ghostwhite:f8f8ff snow:fffafa ivory:fffff0
  beige:f5f5dc linen:faf0e6 azure:f0ffff aliceblue:f0f8ff lavender:e6e6fa lightblue:add8e6 skyblue:87ceeb
  steelblue:4682b4 royalblue:4169e1 darkblue:00008b midnightblue:191970 darkred:8b0000 crimson:dc143c
  tomato:ff6347 coral:ff7f50 gold:ffd700 khaki:f0e68c pink:ffc0cb hotpink:ff69b4 darkgreen:006400
  forestgreen:228b22 seagreen:2e8b57 lightgreen:90ee90 lightyellow:ffffe0 brown:a52a2a chocolate:d2691e tan:d2b48c
  indigo:4b0082 slategray:708090 slategrey:708090 darkslategray:2f4f4f darkslategrey:2f4f4f`
      .split(/\s+/)
      .map((pair) => pair.split(':') as [string, string]),
  ),
)

type Rgb = [number, number, number, number]

const fromHex = (hex: string): Rgb | null => {
  const wide = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join('') : hex
  if (!/^([0-9a-f]{6}|[0-9a-f]{8})$/i.test(wide)) return null
  const at = (from: number) => parseInt(wide.slice(from, from + 2), 16) / 255
  return [at(0), at(2), at(4), wide.length === 8 ? at(6) : 1]
}

const part = (text: string | undefined, whole: number): number => {
  const number = parseFloat(text ?? '')
  if (!Number.isFinite(number)) return Number.NaN
  return text?.trim().endsWith('%') ? number / 100 : number / whole
}

const fromHsl = (hue: number, saturation: number, lightness: number, alpha: number): Rgb => {
  const at = (shift: number) => {
    const k = (((shift + hue / 30) % 12) + 12) % 12
    return (
      lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    )
  }
  return [at(0), at(8), at(4), alpha]
}

const fromFunction = (text: string): Rgb | null => {
  const [, name = '', inside = ''] = /^(rgba?|hsla?)\(([^()]*)\)$/i.exec(text) ?? []
  const pieces = inside.split(/[\s,/]+/).filter(Boolean)
  const alpha = pieces[3] === undefined ? 1 : part(pieces[3], 1)
  const rgb: Rgb = name.toLowerCase().startsWith('rgb')
    ? [part(pieces[0], 255), part(pieces[1], 255), part(pieces[2], 255), alpha]
    : fromHsl(parseFloat(pieces[0] ?? ''), part(pieces[1], 100), part(pieces[2], 100), alpha)
  return name && rgb.every(Number.isFinite) ? rgb : null
}

const linear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)

const toColour = ([r, g, b, alpha]: Rgb): Colour => {
  const [lr, lg, lb] = [linear(r), linear(g), linear(b)]
  const l = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb)
  const m = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb)
  const s = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const second = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, second),
    hue: (Math.atan2(second, a) * 180) / Math.PI,
    alpha,
  }
}

/** null for what is no colour that we read, such as `inherit`. */
export const readColour = (text: string): Colour | null => {
  const plain = text.trim().toLowerCase()
  const rgb = plain.startsWith('#')
    ? fromHex(plain.slice(1))
    : (fromHex(names[plain] ?? '') ?? fromFunction(plain))
  return rgb && toColour(rgb)
}

const short = (value: number, digits: number): string => String(Number(value.toFixed(digits)))

export const writeColour = ({ lightness, chroma, hue, alpha }: Colour): string => {
  const through = alpha < 1 ? ` / ${short(alpha, 3)}` : ''
  return `oklch(${short(lightness, 3)} ${short(chroma, 3)} ${short(hue, 1)}${through})`
}

const gamma = (c: number): number => (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055)

/** For attributes, which read nothing newer than `#rrggbb`; what lies outside sRGB is clipped. */
export const hexOfColour = ({ lightness, chroma, hue }: Colour): string => {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  const byte = (c: number) => Math.round(Math.min(1, Math.max(0, gamma(c))) * 255)
  return `#${rgb.map((c) => byte(c).toString(16).padStart(2, '0')).join('')}`
}
