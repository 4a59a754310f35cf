import { describe, expect, it } from 'vitest'
import { composer } from '@/lib/i18n/en/composer'
import { domOf } from '../editor/dom.testing'
import { readDocument } from '../editor/from-html'
import { toText } from '../editor/to-text'
import { quoteForForward, quoteForReply } from './quote'

const original = {
  from: [{ name: 'Tomás <b>', address: 't@x.org' }],
  sender: [],
  to: [{ name: '', address: 'alice@x.org' }],
  cc: [],
  subject: 'Plan & <i>date</i>',
  date: '2026-11-21T09:58:00Z',
}
const quoting = { original, html: '<p>Fine.</p><p>Yours</p>', words: composer, locale: 'en-GB' }
const text = (html: string) => toText(readDocument(domOf(html)))

describe('the original below an answer', () => {
  it('is attributed and quoted', () => {
    const [line, ...quote] = text(quoteForReply(quoting)).split('\n')
    expect(line).toMatch(/^On 21 November 2026 at \d\d:\d\d, Tomás <b> wrote:$/)
    expect(quote).toEqual(['> Fine.', '>', '> Yours'])
  })
  it('is forwarded with its header, unquoted', () => {
    const lines = text(quoteForForward(quoting)).split('\n')
    expect(lines[1]).toBe('From: Tomás <b> <t@x.org>')
    expect(lines[3]).toBe('Subject: Plan & <i>date</i>')
    expect(lines[4]).toBe('To: alice@x.org')
    expect(lines.slice(-3)).toEqual(['Fine.', '', 'Yours'])
  })
  it('knows messages without a date or sender', () => {
    const bare = { ...original, from: [], date: '' }
    expect(text(quoteForReply({ ...quoting, original: bare }))).toMatch(/^ ?wrote:/)
  })
})
