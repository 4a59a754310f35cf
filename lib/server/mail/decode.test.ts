import { describe, expect, it } from 'vitest'
import { decodeBytes, decodeHeader, oneLine } from './decode'

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex')

describe('charsets', () => {
  it.each([
    ['utf-8', hex('c3a9'), 'é'],
    ['iso-8859-1', hex('80 e9'), '€é'],
    ['us-ascii', hex('e9'), 'é'],
    ['windows-1251', hex('cff0e8e2e5f2'), 'Привет'],
    ['koi8-r', hex('f0d2c9d7c5d4'), 'Привет'],
    ['gb2312', hex('c4e3bac3'), '你好'],
    ['gb18030', hex('c4e3bac3'), '你好'],
    ['big5', hex('a741a66e'), '你好'],
    ['shift_jis', hex('93fa967b'), '日本'],
    ['euc-jp', hex('c6fccbdc'), '日本'],
    ['iso-2022-jp', hex('1b2442 467c 4b5c 1b2842'), '日本'],
    ['euc-kr', hex('c7d1b1db'), '한글'],
    ['ks_c_5601-1987', hex('c7d1b1db'), '한글'],
    ['iso-2022-kr', hex('1b242943 0e 4751 315b 0f'), '한글'],
    ['hz-gb-2312', Buffer.from('~{Dc:C~} a~~b'), '你好 a~b'],
    ['utf-7', Buffer.from('+T2BZfQ-'), '你好'],
    ['unicode-1-1-utf-7', Buffer.from('Hi Mom +Jjo-!'), 'Hi Mom ☺!'],
    ['utf-16le', hex('e900'), 'é'],
    ['"utf-8"', hex('c3a9'), 'é'],
    ['no-such-charset', hex('e9'), 'é'],
    ['', hex('c3a9'), 'é'],
  ])('%s', (label, bytes, text) => expect(decodeBytes(bytes, label)).toBe(text))

  it.each([
    ['iso-8859-1', hex('c3a9'), 'é'],
    ['utf-8', hex('4772fcdf65'), 'Grüße'],
  ])('believes the bytes where the label %s lies', (label, bytes, text) =>
    expect(decodeBytes(bytes, label)).toBe(text),
  )
})

describe('headers', () => {
  it.each([
    ['=?utf-8?q?caf=C3=A9?=', 'café'],
    ['=?UTF-8?B?Y2Fmw6k=?= au lait', 'café au lait'],
    ['=?utf-8?B?5pel?= =?utf-8?B?5pys?=', '日本'],
    ['=?utf-8?B?5pc=?= =?utf-8?B?peacrA==?=', '日本'],
    ['=?utf-8?q?a?==?utf-8?q?b?=', 'ab'],
    ['=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', '日本'],
    ['=?utf-8?q?broken', '=?utf-8?q?broken'],
    ['=?x-unknown?q?caf=E9?=', 'café'],
    ['=?utf-8?Q?two_words?= and =?utf-8?q?more?=', 'two words and more'],
    ['=?utf-8*en?q?x?=', 'x'],
    ['=?utf-8?q?with space?=', 'with space'],
    ['plain', 'plain'],
  ])('%s', (raw, text) => expect(decodeHeader(Buffer.from(raw))).toBe(text))

  it('reads raw UTF-8 (RFC 6532) and raw windows-1252', () => {
    expect(decodeHeader(Buffer.from('Grüße'))).toBe('Grüße')
    expect(decodeHeader(hex('4772fcdf65'))).toBe('Grüße')
  })

  it('reads a hundred kilobytes of near misses in a moment', () => {
    const started = process.cpuUsage()
    for (const near of ['=?utf-8?q?', '=?', '?= =?utf-8?b?', '=?a?q?x?= '])
      decodeHeader(Buffer.from(near.repeat(100_000 / near.length)))
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000)
  })

  it('makes one harmless line of anything', () => {
    expect(oneLine('a\r\nBcc: x\u0000\u202eb\u2066c\ud800')).toBe('a Bcc: x b c\ufffd')
    expect(oneLine('x'.repeat(10_000)).length).toBe(2000)
  })
})
