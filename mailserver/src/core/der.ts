// The few ASN.1 DER shapes (X.690) that an X.509 certificate needs. Lengths are always definite and minimal.
const header = (tag: number, length: number): Buffer => {
  if (length < 0x80) return Buffer.from([tag, length])
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff)
  return Buffer.from([tag, 0x80 | bytes.length, ...bytes])
}

export const tagged = (tag: number, content: Buffer): Buffer =>
  Buffer.concat([header(tag, content.length), content])

export const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts))
export const set = (...parts: Buffer[]): Buffer => tagged(0x31, Buffer.concat(parts))
export const octets = (content: Buffer): Buffer => tagged(0x04, content)
export const bits = (content: Buffer): Buffer => tagged(0x03, Buffer.concat([Buffer.from([0]), content]))
export const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text, 'utf8'))
export const yes: Buffer = Buffer.from([0x01, 0x01, 0xff])

/** A non-negative integer: a leading zero keeps the sign bit clear. */
export const integer = (value: Buffer): Buffer => {
  let start = 0
  while (start < value.length - 1 && value[start] === 0) start++
  const trimmed = value.subarray(start)
  return tagged(0x02, (trimmed[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), trimmed]) : trimmed)
}

export const oid = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second]
  for (const part of rest) {
    const groups = [part & 0x7f]
    for (let left = part >>> 7; left > 0; left >>>= 7) groups.unshift(0x80 | (left & 0x7f))
    bytes.push(...groups)
  }
  return tagged(0x06, Buffer.from(bytes))
}

/** UTCTime to 2049, GeneralizedTime after (RFC 5280 section 4.1.2.5). */
export const time = (at: Date): Buffer => {
  const digits = at.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  return at.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(`${digits.slice(2)}Z`))
    : tagged(0x18, Buffer.from(`${digits}Z`))
}
