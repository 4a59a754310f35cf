import { describe, expect, it } from 'vitest'
import { inPieces, rangeToUids, uidsToRange } from './data'
import { attachmentOf, bodyOf, safeFileName } from './shown'
import { everyPart, paramsOf, structureOf } from './structure'
import { isList, type Token } from './wire'

/** `(text plain (charset utf-8))` as the parser of the wire gives it. */
const tokens = (text: string): Token => {
  const pieces = text.match(/[()]|"[^"]*"|[^\s()]+/g) ?? []
  let at = 0
  const read = (): Token => {
    const piece = pieces[at++] ?? ''
    if (piece === 'NIL') return null
    if (piece !== '(') return { type: 'STRING', value: piece.replace(/^"|"$/g, '') }
    const list: Token[] = []
    while (at < pieces.length && pieces[at] !== ')') list.push(read())
    at++
    return list
  }
  return read()
}

const plain = '(text plain (charset utf-8) NIL NIL 7bit 10 1 NIL NIL NIL NIL)'
const html = '(text html (charset utf-8) NIL NIL base64 100 2 NIL NIL NIL NIL)'
const image = '(image png (name "a.png") "<logo@x>" NIL base64 780 NIL (inline (filename "a.png")) NIL NIL)'
const pdf = '(application pdf (name "b.pdf") NIL NIL base64 780 NIL (attachment NIL) NIL NIL)'
const parts = (text: string) =>
  everyPart(structureOf(tokens(text))).map(({ part, type }) => `${part} ${type}`)

describe('structure', () => {
  it('numbers parts as FETCH wants them (RFC 9051 section 6.4.5.1)', () => {
    expect(parts(plain)).toEqual(['1 text/plain'])
    expect(parts(`((${plain} ${html} alternative) ${pdf} mixed)`)).toEqual([
      ...[
        ' multipart/mixed',
        '1 multipart/alternative',
        '1.1 text/plain',
        '1.2 text/html',
        '2 application/pdf',
      ],
    ])
    const inner = `(${plain} ${html} alternative)`
    const message = `(message rfc822 NIL NIL NIL 7bit 99 (NIL) ${inner} 5 NIL NIL NIL NIL)`
    expect(parts(`(${plain} ${message} mixed)`)).toContain('2.2 text/html')
    const single = `(message rfc822 NIL NIL NIL 7bit 99 (NIL) ${plain} 5 NIL NIL NIL NIL)`
    expect(parts(`(${plain} ${single} mixed)`)).toContain('2.1 text/plain')
  })

  it('is bounded in depth and count', () => {
    expect(parts(`${'('.repeat(200)}${plain}${' mixed)'.repeat(200)}`).length).toBeLessThan(60)
    expect(parts(`(${`${plain} `.repeat(5000)} mixed)`).length).toBeLessThanOrEqual(2000)
  })

  it('joins RFC 2231 parameters and decodes misused encoded words', () => {
    const read = (text: string) => ({ ...paramsOf(tokens(text)) })
    expect(read(`("name*" "utf-8''r%C3%A9sum%C3%A9.pdf")`)).toEqual({ name: 'résumé.pdf' })
    expect(read(`("name*1" "b.pdf" "name*0*" "utf-8''%C3%A9")`)).toEqual({ name: 'éb.pdf' })
    expect(read('("name" "=?utf-8?q?=C3=A9.pdf?=")')).toEqual({ name: 'é.pdf' })
    expect(read('("__proto__" "x")')).toEqual({ ['__proto__']: 'x' })
    expect(isList(tokens('()'))).toBe(true)
  })
})

describe('what is shown', () => {
  const shown = (text: string, prefer: 'html' | 'text' = 'html') => {
    const { parts, shows, attachments } = bodyOf(structureOf(tokens(text)), prefer)
    return { shows, parts: parts.map(({ part }) => part), attachments: attachments.map(({ part }) => part) }
  }

  it.each([
    [plain, { shows: 'text', parts: ['1'], attachments: [] }],
    [`(${plain} ${html} alternative)`, { shows: 'html', parts: ['2'], attachments: [] }],
    [`((${plain} ${html} alternative) ${pdf} mixed)`, { shows: 'html', parts: ['1.2'], attachments: ['2'] }],
    [
      `(${plain} (${html} ${image} related) alternative)`,
      { shows: 'html', parts: ['2.1'], attachments: ['2.2'] },
    ],
    [`(${plain} ${pdf} ${plain} mixed)`, { shows: 'text', parts: ['1', '3'], attachments: ['2'] }],
    [pdf, { shows: 'none', parts: [], attachments: ['1'] }],
  ])('%s', (text, expected) => expect(shown(text)).toEqual(expected))

  it('gives the plain side when asked', () =>
    expect(shown(`(${plain} ${html} alternative)`, 'text')).toMatchObject({ shows: 'text', parts: ['1'] }))

  it('names files so that they can be saved anywhere', () => {
    expect(safeFileName('../../etc/passwd', 'text/plain')).toBe('_.._etc_passwd')
    expect(safeFileName('C:\\x\\evil\u202efdp.exe', 'x/y')).toBe('C_x_evil fdp.exe')
    expect(safeFileName('  ', 'application/pdf')).toBe('attachment.bin'.replace('bin', 'pdf'))
    const [part] = everyPart(structureOf(tokens(image)))
    expect(part && attachmentOf(part)).toMatchObject({ name: 'a.png', size: 570, inline: true })
  })
})

describe('sets of UIDs', () => {
  it('are compact, and read in the order they are given', () => {
    expect(uidsToRange([3, 1, 2, 7])).toBe('1:3,7')
    expect(rangeToUids('5,1:3,9:8')).toEqual([5, 1, 2, 3, 9, 8])
    expect(rangeToUids('1:4294967295', 100).length).toBe(100)
    expect(rangeToUids('x,1:y,*')).toEqual([])
  })

  it('are sent in pieces that fit a command line', async () => {
    const sizes: number[] = []
    await inPieces(
      Array.from({ length: 9000 }, (_, at) => at * 1000),
      async (piece) => {
        sizes.push(uidsToRange(piece).length)
      },
    )
    expect(sizes.length).toBe(3)
    expect(Math.max(...sizes)).toBeLessThan(60_000)
  })
})

describe('a structure made to exhaust', () => {
  const leaf = '("text" "plain" NIL NIL NIL "7bit" 1 1)'

  it('of a hundred thousand parts is read in a moment, and says that there were more', () => {
    const part = structureOf(tokens(`(${leaf.repeat(3000)} "mixed")`))
    expect(part?.children.length).toBeLessThan(3000)
    expect(part?.cut).toBe(true)
    const token = [...Array.from({ length: 100_000 }, () => tokens(leaf)), { type: 'STRING', value: 'mixed' }]
    const before = process.cpuUsage()
    structureOf(token)
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000)
  })

  it('of few parts says nothing', () =>
    expect(structureOf(tokens(`(${leaf}${leaf} "mixed")`))?.cut).toBeUndefined())
})
