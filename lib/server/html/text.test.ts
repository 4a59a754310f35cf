import { describe, expect, it } from 'vitest'
import { linked, textToHtml } from './text'

const inner = (text: string, flowed: 'no' | 'flowed' | 'flowed-delsp' = 'no') =>
  textToHtml(text, flowed).replace(/^<div class="ph-text">|<\/div>$/g, '')

describe('plain text', () => {
  it('escapes every character that could be markup', () => {
    expect(inner('<script>"&\'</script>')).toBe('&lt;script&gt;&quot;&amp;&#39;&lt;/script&gt;')
  })

  it('nests quotes by level', () => {
    expect(inner('a\n> b\n>> c\nd')).toBe(
      'a\n<blockquote class="ph-quote ph-quote-1">b\n<blockquote class="ph-quote ph-quote-2">c</blockquote></blockquote>d',
    )
  })

  it('joins flowed lines, with DelSp and with stuffed spaces (RFC 3676 section 4)', () => {
    expect(inner('one \ntwo\n three', 'flowed')).toBe('one two\nthree')
    expect(inner('Donau \ndampf', 'flowed-delsp')).toBe('Donaudampf')
    expect(inner('> a \n> b\nc', 'flowed')).toBe('<blockquote class="ph-quote ph-quote-1">a b</blockquote>c')
  })

  it('sets the signature apart, flowed or not (RFC 3676 section 4.3)', () => {
    for (const flowed of ['no', 'flowed'] as const)
      expect(inner('hi\n-- \nme', flowed)).toBe('hi<div class="ph-signature">-- \nme</div>')
  })

  it('links addresses of the web and of people, and nothing that could run', () => {
    expect(linked('see www.example.org, or bob@example.org')).toBe(
      'see <a href="http://www.example.org/" target="_blank" rel="noopener noreferrer nofollow">www.example.org</a>, or ' +
        '<a href="mailto:bob@example.org" target="_blank" rel="noopener noreferrer nofollow">bob@example.org</a>',
    )
    expect(linked('javascript:alert(1)')).toBe('javascript:alert(1)')
    expect(linked('https://example.org/"onclick="x')).not.toContain('"onclick')
  })

  it('takes a hundred thousand quote marks and links in a moment', () => {
    const started = process.cpuUsage()
    textToHtml(
      `${'>'.repeat(100_000)} x\n${'http://a.example/ '.repeat(20_000)}\n${'@'.repeat(100_000)}`,
      'no',
    )
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(3000)
  })
})
