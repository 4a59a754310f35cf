import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isKeyword, keywordOfName, labelNamed, nameOfKeyword, tidyLabelName, usualLabels } from './label-name'
import { decodeName, encodeName } from './label-code'

describe('a label’s name as a keyword', () => {
  it('leaves plain names readable for every other mail program', () => {
    expect(keywordOfName('Travel')).toBe('Travel')
    expect(keywordOfName('  To  do ')).toBe('To_do')
    expect(keywordOfName('v2.1-rc')).toBe('v2.1-rc')
  })

  it('carries any other name in letters and digits', () => {
    for (const name of [
      'Über uns',
      'Срочно',
      '仕事',
      'עבודה',
      '🎉 party',
      'a_b',
      '50%',
      '(x) "y"\\',
      '$label1',
      'a=b',
    ]) {
      const word = keywordOfName(name) ?? ''
      expect(word).toMatch(/^[A-Za-z0-9._-]*=[a-z0-9]*$/)
      expect(nameOfKeyword(word)).toBe(name)
      // Servers may keep the case they saw first (RFC 5788 section 3).
      expect(decodeName(word.replace(/=.*/, (digits) => digits.toUpperCase()))).toBe(name)
    }
  })

  it('never becomes a word that programs use for themselves', () => {
    for (const name of ['Junk', 'NIL', 'NonJunk', 'Forwarded']) {
      expect(keywordOfName(name)).toBe(`${name}=`)
      expect(nameOfKeyword(`${name}=`)).toBe(name)
    }
  })

  it('shows the keywords of others as they are', () => {
    for (const word of ['$MDNSent', 'Junk', 'x=y=z', 'a/b', 'plain=!']) expect(nameOfKeyword(word)).toBe(word)
  })

  it('refuses what no server would keep', () => {
    expect(keywordOfName('')).toBeNull()
    expect(keywordOfName('x'.repeat(61))).toBeNull()
    expect(keywordOfName('漢字'.repeat(30))).toBeNull()
    expect(keywordOfName('a\u0007b')).toBeNull()
    expect(keywordOfName('\ud800')).toBeNull()
  })

  it('is never more than one word to a server', () => {
    for (const word of ['a b', 'a\r\nX', '', '\\Seen', 'a"b', 'a{1}', '(a', 'é', 'x'.repeat(101)])
      expect(isKeyword(word)).toBe(false)
  })

  it('comes back the same for every name that fits, and is always an atom', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 }), (typed) => {
        const name = tidyLabelName(typed)
        const word = keywordOfName(typed)
        if (word === null) return true
        return isKeyword(word) && word.length <= 50 && nameOfKeyword(word) === name
      }),
    )
  })

  it('survives any keyword a server may hold', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{1,50}$/), (word) => {
        const name = decodeName(word)
        return name === null || encodeName(name)?.toLowerCase() === word.toLowerCase()
      }),
    )
  })
})

describe('which label is meant', () => {
  it('is found by keyword, then by name, whatever the case', () => {
    expect(labelNamed(usualLabels, '$LABEL4')?.name).toBe('To do')
    expect(labelNamed(usualLabels, 'to DO')?.keyword).toBe('$label4')
    expect(labelNamed(usualLabels, 'nothing')).toBeUndefined()
  })
})
