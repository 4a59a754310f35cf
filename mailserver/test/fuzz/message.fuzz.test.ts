// Mutated messages: whatever the bytes, the reader answers in bounded time, offsets nest, and what IMAP would send obeys
// its grammar (RFC 9051 section 7.5.2: strings quoted or literal, parentheses balanced, no line end outside a literal).
import { expect, test } from 'vitest'
import {
  bodyText,
  envelopeText,
  headerText,
  previewText,
  readMessage,
  sectionRanges,
  structureText,
  type Part,
} from '../../src/message'

const count = Number(process.env.POSTHORN_FUZZ_MESSAGES ?? 1_500)
const seed = Number(process.env.POSTHORN_FUZZ_SEED ?? Date.now() % 1_000_000_007)

let state = (seed % 2147483646) + 1
const random = (below: number): number => {
  state = (state * 48271) % 2147483647
  return state % below
}
const pick = <T>(all: readonly T[]): T => all[random(all.length)]!

const seeds = [
  'From: "A, B" <a@x.test>, g: c@y.test;\r\nTo: <@r1,@r2:d@z.test>\r\nSubject: =?utf-8?b?w7w=?= x\r\nDate: Mon, 2 Mar 2020 10:00:00 +0100 (c)\r\n\r\nbody\r\n',
  'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=iso-2022-jp\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=1B$B=\r\n<p>x</p>\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\r\none\r\n--c--\r\n--b--\r\n',
  'Content-Type: text/plain; charset="windows-1252"; name*0*=utf-8\'\'%e2%82%ac; name*1=x\r\nContent-Disposition: attachment;\r\n filename="a\\"b.txt"\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVsbG8=\r\n',
  'Content-Type: multipart/digest; boundary=d\r\nContent-Language: en, de\r\n\r\n--d\r\n\r\nSubject: 1\r\n\r\nx\r\n--d\r\n\r\nFrom: (c) x\r\n\r\n--d--',
]
const bits = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  ':',
  ';',
  '"',
  '\\',
  '(',
  ')',
  '<',
  '>',
  ',',
  '=?',
  '?=',
  '=?x?q?',
  '--b',
  '--b--',
  '--c\r\n',
  ' ',
  '\t',
  '\xff\xfe',
  'é',
  '=',
  '%',
  "''",
  '*0*=',
  'Content-Type: ',
  'multipart/x; boundary=',
  'message/rfc822',
  'boundary="',
  '\r\n\r\n',
  'a'.repeat(2_000),
  '('.repeat(500),
  '"'.repeat(333),
  'g:'.repeat(300),
  '<'.repeat(1_000),
  '=?utf-8?q?'.repeat(100),
  '\x1b$B',
  '{3}\r\n',
]

const mutate = (from: Buffer): Buffer => {
  let bytes = from
  for (let times = 1 + random(8); times > 0; times--) {
    const at = random(bytes.length + 1)
    const to = Math.min(bytes.length, at + random(60))
    const [head, cut, tail] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)]
    const bit = Buffer.from(pick(bits), random(2) ? 'utf8' : 'latin1')
    bytes = pick([
      () => Buffer.concat([head, bit, cut, tail]),
      () => Buffer.concat([head, tail]),
      () => Buffer.concat([head, cut, cut, tail]),
      () => Buffer.concat([head, Buffer.from([random(256)]), tail]),
      () => Buffer.concat([head, cut, Buffer.from(pick(seeds)), tail]),
    ])()
  }
  return bytes.subarray(0, 200_000)
}

const checkTree = (part: Part, within: { start: number; end: number }) => {
  expect(part.start).toBeGreaterThanOrEqual(within.start)
  expect(part.blank).toBeGreaterThanOrEqual(part.start)
  expect(part.bodyStart).toBeGreaterThanOrEqual(part.blank)
  expect(part.bodyEnd).toBeGreaterThanOrEqual(part.bodyStart)
  expect(part.bodyEnd).toBeLessThanOrEqual(within.end)
  for (const child of part.children) checkTree(child, { start: part.bodyStart, end: part.bodyEnd })
}

/** Walks IMAP text as a client would; throws where a client would lose its place. */
const checkGrammar = (text: string) => {
  const bytes = Buffer.from(text)
  let depth = 0
  for (let at = 0; at < bytes.length; at++) {
    const char = String.fromCharCode(bytes[at]!)
    if (char === '(') depth++
    else if (char === ')') depth--
    else if (char === '"') {
      for (at++; bytes[at] !== 34; at++) {
        if (at >= bytes.length || bytes[at]! > 126 || bytes[at]! < 32)
          throw new Error(`bad quoted string in ${text}`)
        if (bytes[at] === 92) at++
      }
    } else if (char === '{') {
      const head = /^\{(\d+)\}\r\n/.exec(bytes.toString('latin1', at, at + 20))
      if (!head) throw new Error(`bad literal in ${text}`)
      const end = at + head[0].length + Number(head[1])
      if (end > bytes.length || bytes.subarray(at + head[0].length, end).includes(0))
        throw new Error('literal too long')
      at = end - 1
    } else if (!/[A-Z0-9 ]/i.test(char)) throw new Error(`stray ${JSON.stringify(char)} in ${text}`)
    if (depth < 0) throw new Error(`unbalanced ${text}`)
  }
  expect(depth).toBe(0)
}

const checkSections = (root: Part, size: number) => {
  const paths = [[], [1], [1, 1], [2], [2, 1], [1, 1, 1], [9]]
  for (const path of paths) {
    for (const what of ['all', 'header', 'text', 'mime'] as const) {
      for (const { start, end } of sectionRanges(root, { path, text: { what } }) ?? []) {
        expect(start).toBeLessThanOrEqual(end)
        expect(end).toBeLessThanOrEqual(size)
      }
    }
  }
}

test(`${count} mutated messages from seed ${seed}`, { timeout: 60_000 + count * 20 }, () => {
  for (let round = 0; round < count; round++) {
    const bytes = mutate(Buffer.from(pick(seeds)))
    const began = performance.now()
    try {
      const root = readMessage(bytes)
      checkTree(root, { start: 0, end: bytes.length })
      checkSections(root, bytes.length)
      for (const text of [
        envelopeText(bytes, root),
        structureText(bytes, root, 'body'),
        structureText(bytes, root, 'bodystructure'),
      ])
        checkGrammar(text)
      expect([...previewText(bytes, root)].length).toBeLessThanOrEqual(200)
      headerText(bytes, root)
      bodyText(bytes, root)
    } catch (error) {
      throw new Error(`round ${round}: ${JSON.stringify(bytes.toString('latin1').slice(0, 3_000))}`, {
        cause: error,
      })
    }
    expect(performance.now() - began, `round ${round} is slow`).toBeLessThan(1_500)
  }
})
