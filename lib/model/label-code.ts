// Names of labels as IMAP keywords (docs/decisions/041-labels.md). Keywords are atoms without case, and Dovecot
// keeps no more than 50 bytes of one, so neither modified UTF-7 (case) nor percent or hex digits (length) fit:
// - a name of plain letters, digits, `-` and `.` is its own keyword, a blank in it `_`;
// - in any other the plain characters come first, then `=`, then the rest as Bootstring digits (RFC 3492 section 3:
//   what Punycode is made of), which are a-z and 0-9.
// Invariant: decodeName(encodeName(name)) === name, and no other keyword decodes.

const most = 50

/** Words that mail programs and servers use for themselves; as labels they end in `=`. */
export const takenWords =
  /^(nil|junk|nonjunk|notjunk|forwarded|redirected|seen|answered|flagged|deleted|draft|recent)$/i

const isBasic = (point: number): boolean => /^[A-Za-z0-9.-]$/.test(String.fromCodePoint(point))
const blank = 0x20

// RFC 3492 section 5, but for the first code point: everything that is not basic is inserted, from 0 on.
const base = 36
const tMin = 1
const tMax = 26
const skew = 38
const damp = 700
const firstBias = 72

const adapt = (delta: number, points: number, first: boolean): number => {
  let rest = Math.floor(delta / (first ? damp : 2))
  rest += Math.floor(rest / points)
  let k = 0
  for (; rest > Math.floor(((base - tMin) * tMax) / 2); k += base) rest = Math.floor(rest / (base - tMin))
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew))
}

const threshold = (k: number, bias: number): number => Math.min(Math.max(k - bias, tMin), tMax)

const digitsOf = (value: number, bias: number): string => {
  let digits = ''
  let rest = value
  for (let k = base; ; k += base) {
    const t = threshold(k, bias)
    if (rest < t) return digits + rest.toString(base)
    digits += (t + ((rest - t) % (base - t))).toString(base)
    rest = Math.floor((rest - t) / (base - t))
  }
}

const isPlain = (point: number): boolean => isBasic(point) || point === blank

const plainText = (points: readonly number[]): string =>
  String.fromCodePoint(...points.map((point) => (point === blank ? 0x5f : point)))

/** RFC 3492 section 6.3. */
const insertions = (points: readonly number[]): string => {
  const rest = points.filter((point) => !isPlain(point)).sort((a, b) => a - b)
  let handled = points.length - rest.length
  const basic = handled
  let [n, delta, bias, digits] = [0, 0, firstBias, '']
  for (const next of new Set(rest)) {
    delta += (next - n) * (handled + 1)
    n = next
    for (const point of points) {
      const before = isPlain(point) || point < n
      if (before) delta++
      if (isPlain(point) || point !== n) continue
      digits += digitsOf(delta, bias)
      bias = adapt(delta, handled + 1, handled === basic)
      delta = 0
      handled++
    }
    delta++
    n++
  }
  return digits
}

export const encodeName = (name: string): string | null => {
  const points = [...name].map((character) => character.codePointAt(0) ?? 0)
  const plain = points.filter(isPlain)
  const text = plain.length > 0 ? plainText(plain) : ''
  const whole = plain.length === points.length
  const word = whole && !takenWords.test(text) ? text : `${text}=${insertions(points)}`
  return word.length > most ? null : word
}

/** RFC 3492 section 6.2; null for digits that mean nothing. */
const inserted = (plain: readonly number[], digits: string): number[] | null => {
  const points = [...plain]
  let [n, i, bias, at] = [0, 0, firstBias, 0]
  while (at < digits.length) {
    const before = i
    let weight = 1
    for (let k = base; ; k += base) {
      const digit = parseInt(digits[at++] ?? '', base)
      if (Number.isNaN(digit)) return null
      i += digit * weight
      const t = threshold(k, bias)
      if (digit < t) break
      weight *= base - t
    }
    const length = points.length + 1
    bias = adapt(i - before, length, before === 0 && points.length === plain.length)
    n += Math.floor(i / length)
    i %= length
    if (n > 0x10ffff) return null
    points.splice(i++, 0, n)
  }
  return points
}

export const decodeName = (word: string): string | null => {
  if (word.length > most) return null
  const [text = '', digits, ...more] = word.split('=')
  if (more.length > 0 || !/^[A-Za-z0-9._-]*$/.test(text) || !/^[a-z0-9]*$/i.test(digits ?? '')) return null
  const plain = [...text].map((character) => (character === '_' ? blank : (character.codePointAt(0) ?? 0)))
  const points = digits === undefined ? plain : inserted(plain, digits.toLowerCase())
  if (!points || points.length === 0) return null
  const name = String.fromCodePoint(...points)
  return encodeName(name)?.toLowerCase() === word.toLowerCase() ? name : null
}
