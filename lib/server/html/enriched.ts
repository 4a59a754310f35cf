import 'server-only'
import { askedTable } from '@/lib/model/asked'
import { escapeHtml } from './sanitise'

// text/enriched (RFC 1896) and its predecessor text/richtext, as far as their commands mean something here. Every
// tag of the result is ours; every character of the text is escaped.

const tags = askedTable<string>({
  bold: 'b',
  italic: 'i',
  underline: 'u',
  fixed: 'code',
  smaller: 'small',
  bigger: 'big',
  excerpt: 'blockquote',
  center: 'center',
})

const token = /<<|<(\/?)([\w-]{1,60})>|(?:\r?\n)+|[^<\r\n]+|[<\r]/g
const mostOpen = 100

interface Reading {
  html: string
  open: string[]
  /** Inside `param`, whose text is no text; inside `nofill`, where lines stay as they are. */
  param: number
  nofill: number
}

const close = (at: Reading, tag: string): void => {
  if (!at.open.includes(tag)) return
  for (let last = at.open.pop(); last; last = at.open.pop()) {
    at.html += `</${last}>`
    if (last === tag) return
  }
}

const command = (at: Reading, closing: boolean, name: string): void => {
  const step = closing ? -1 : 1
  if (name === 'param') at.param = Math.max(0, at.param + step)
  if (name === 'nofill') at.nofill = Math.max(0, at.nofill + step)
  const tag = tags[name]
  if (!tag) return
  if (closing) return close(at, tag)
  if (at.open.length >= mostOpen) return
  at.open.push(tag)
  at.html += `<${tag}>`
}

/** Section 3: one line break is a blank, and n of them are n - 1. */
const breaks = (at: Reading, found: string): string => {
  const count = found.split('\n').length - 1
  if (at.nofill > 0) return '\n'.repeat(count)
  return count === 1 ? ' ' : '\n'.repeat(count - 1)
}

export const enrichedToHtml = (text: string): string => {
  const at: Reading = { html: '', open: [], param: 0, nofill: 0 }
  for (const { 0: found, 1: slash, 2: name } of text.matchAll(token)) {
    if (name !== undefined) command(at, slash === '/', name.toLowerCase())
    else if (at.param === 0)
      at.html += /^[\r\n]/.test(found) ? breaks(at, found) : escapeHtml(found === '<<' ? '<' : found)
  }
  while (at.open.length > 0) at.html += `</${at.open.pop()}>`
  return `<div class="ph-text">${at.html}</div>`
}
