import { formatAddress, shownName, type Address } from '@/lib/model/address'
import type { MessageDetail } from '@/lib/model/message'

// The original below an answer, as HTML that the editor's reader then cleans. Every word of it is escaped here;
// the quoted part itself arrives sanitised and passes through the editor's parse rules besides.

type Original = Pick<MessageDetail, 'from' | 'sender' | 'to' | 'cc' | 'subject' | 'date'>

export interface QuoteWords {
  attribution: (who: string, day: string, time: string) => string
  attributionUndated: (who: string) => string
  forwarded: string
  forwardedFields: { from: string; date: string; subject: string; to: string; cc: string }
}

export interface Quoting {
  original: Original
  html: string
  words: QuoteWords
  locale: string
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const authorOf = ({ from, sender }: Original): Address | undefined => from[0] ?? sender[0]

export function quoteForReply({ original, html, words, locale }: Quoting): string {
  const who = authorOf(original)
  const name = who ? shownName(who) : ''
  const when = new Date(original.date)
  const line = Number.isNaN(when.getTime())
    ? words.attributionUndated(name)
    : words.attribution(
        name,
        new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(when),
        new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(when),
      )
  return `<p class="attribution">${escape(line)}</p><blockquote>${html || '<p></p>'}</blockquote>`
}

const people = (list: Address[]): string => list.map(formatAddress).join(', ')

export function quoteForForward({ original, html, words, locale }: Quoting): string {
  const when = new Date(original.date)
  const date = Number.isNaN(when.getTime())
    ? ''
    : new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(when)
  const { forwardedFields: names } = words
  const fields = [
    [names.from, people(original.from)],
    [names.date, date],
    [names.subject, original.subject],
    [names.to, people(original.to.slice(0, 100))],
    [names.cc, people(original.cc.slice(0, 100))],
  ].filter(([, value]) => value)
  const lines = fields.map(([name, value]) => `<b>${escape(name!)}:</b> ${escape(value!)}`).join('<br>')
  return `<p>---------- ${escape(words.forwarded)} ----------<br>${lines}</p>${html}`
}
