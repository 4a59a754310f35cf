import 'server-only'
import iconv from 'iconv-lite'
import { decodeCns } from './cns'

// The 7-bit encodings that switch sets by escapes (ISO 2022): Japanese (RFC 1468, RFC 1554, RFC 2237), Korean
// (RFC 1557) and Chinese (RFC 1922). One reader for all, because mail mixes them up; a set that no table here
// knows gives replacement characters, never other words.

type CharSet = 'ascii' | 'kana' | 'jis' | 'jis-more' | 'gb' | 'ks' | 'latin' | 'greek' | 'cns' | 'unknown'

/** What an escape names, and where it goes: G0 is read at once, G1 after SO, G2 for one character after ESC N. */
const escapes: Record<string, [0 | 1 | 2, CharSet]> = {
  '(B': [0, 'ascii'],
  '(J': [0, 'ascii'],
  '(I': [0, 'kana'],
  '$@': [0, 'jis'],
  $B: [0, 'jis'],
  '$(@': [0, 'jis'],
  '$(B': [0, 'jis'],
  '$(O': [0, 'jis'],
  '$(Q': [0, 'jis'],
  '$(D': [0, 'jis-more'],
  $A: [0, 'gb'],
  '$(A': [0, 'gb'],
  '$(C': [0, 'ks'],
  '$)A': [1, 'gb'],
  '$)E': [1, 'gb'],
  '$)C': [1, 'ks'],
  '$)G': [1, 'cns'],
  '$*H': [2, 'unknown'],
  '.A': [2, 'latin'],
  '.F': [2, 'greek'],
}

const single: ReadonlySet<CharSet> = new Set(['ascii', 'kana', 'latin', 'greek'])

const high = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte | 0x80))

/** EUC-JP writes half-width kana after 0x8E and the supplementary characters after 0x8F. */
const prefixed = (bytes: Buffer, prefix: number, width: number): Buffer => {
  const out: number[] = []
  bytes.forEach((byte, at) => out.push(...(at % width === 0 ? [prefix] : []), byte | 0x80))
  return Buffer.from(out)
}

const eucJp = new TextDecoder('euc-jp')

const textOf = (set: CharSet, bytes: Buffer): string => {
  if (bytes.length === 0) return ''
  switch (set) {
    case 'ascii':
      return iconv.decode(bytes, 'windows-1252')
    case 'kana':
      return eucJp.decode(prefixed(bytes, 0x8e, 1))
    case 'jis':
      return eucJp.decode(high(bytes))
    case 'jis-more':
      return eucJp.decode(prefixed(bytes, 0x8f, 2))
    case 'gb':
      return iconv.decode(high(bytes), 'gbk')
    case 'ks':
      return iconv.decode(high(bytes), 'cp949')
    case 'latin':
      return iconv.decode(high(bytes), 'iso-8859-1')
    case 'greek':
      return iconv.decode(high(bytes), 'iso-8859-7')
    case 'cns':
      return decodeCns(bytes)
    case 'unknown':
      return '\ufffd'.repeat(Math.ceil(bytes.length / 2))
  }
}

const switches = /\x1b(N|\$[()*]?[@-Z]|[(.][A-Z])|[\x0e\x0f]|\r?\n/g

interface Sets {
  sets: [CharSet, CharSet, CharSet]
  shift: 0 | 1
}

const startOf = (korean: boolean): Sets => ({ sets: ['ascii', korean ? 'ks' : 'gb', 'latin'], shift: 0 })

export const decodeIso2022 = (bytes: Buffer, korean: boolean): string => {
  const text = bytes.toString('latin1')
  const state = startOf(korean)
  let out = ''
  let from = 0
  const read = (to: number): void => {
    // Blanks are not in the sets of two bytes, and some mailers leave them as they are.
    const set = state.sets[state.shift]
    const pieces = single.has(set) ? [text.slice(from, to)] : text.slice(from, to).split(/([\0- ]+)/)
    for (const piece of pieces)
      out += /^[\0- ]+$/.test(piece) ? piece : textOf(set, Buffer.from(piece, 'latin1'))
  }
  for (const { 0: found, 1: escape, index } of text.matchAll(switches)) {
    if (index < from) continue
    read(index)
    from = index + found.length
    const named = escape === undefined ? undefined : escapes[escape]
    if (named) state.sets[named[0]] = named[1]
    if (named?.[0] === 0) state.shift = 0
    if (found === '\x0e') state.shift = 1
    if (found === '\x0f') state.shift = 0
    if (escape === 'N') {
      const width = single.has(state.sets[2]) ? 1 : 2
      out += textOf(state.sets[2], Buffer.from(text.slice(from, from + width), 'latin1'))
      from += width
    }
    if (found.endsWith('\n')) {
      // RFC 1468 and RFC 1922: a line begins in ASCII.
      out += found
      state.sets[0] = 'ascii'
      state.shift = 0
    }
  }
  read(text.length)
  return out
}
