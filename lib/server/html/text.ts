import 'server-only'
import { LinkifyIt } from 'linkify-it'
import { linkUrl } from './resources'
import { escapeHtml } from './sanitise'

// Plain text as the sender meant it: flowed lines joined (RFC 3676), quotes by level, the signature apart,
// addresses as links. Every character of the text is escaped on its way.

export type Flowed = 'no' | 'flowed' | 'flowed-delsp'

interface Line {
  level: number
  text: string
}

const longest = { start: 600_000, all: 2_000_000 }
export type Extent = keyof typeof longest

export const isWhole = (text: string, extent: Extent): boolean => text.length <= longest[extent]
const deepestQuote = 20
const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false })

/** RFC 3676 section 4.5: quote marks, then the space that was stuffed in. */
const flowedLine = (line: string): Line & { soft: boolean } => {
  const marks = /^>*/.exec(line)?.[0].length ?? 0
  const text = line.slice(marks).replace(/^ /, '')
  return { level: marks, text, soft: text.endsWith(' ') && text !== '-- ' }
}

const flow = (lines: string[], delsp: boolean): Line[] => {
  const joined: Line[] = []
  let open = false
  for (const line of lines) {
    const { level, text, soft } = flowedLine(line)
    const piece = soft && delsp ? text.slice(0, -1) : text
    const last = joined.at(-1)
    if (open && last && last.level === level && text !== '-- ') last.text += piece
    else joined.push({ level, text: piece })
    open = soft
  }
  return joined
}

/** `> > quoted` and `>>quoted` are both two levels deep; `>From` at the margin is mbox's escape, not a quote. */
const plainLine = (line: string): Line => {
  const [marks = ''] = /^(?:> ?)+/.exec(line) ?? []
  if (marks === '>' && line.startsWith('>From ')) return { level: 0, text: line.slice(1) }
  return { level: marks.replaceAll(' ', '').length, text: line.slice(marks.length) }
}

export const linesOf = (text: string, flowed: Flowed, extent: Extent = 'all'): Line[] => {
  const lines = text.slice(0, longest[extent]).split(/\r\n|\r|\n/)
  return flowed === 'no' ? lines.map(plainLine) : flow(lines, flowed === 'flowed-delsp')
}

/** Lines as they were written: flowed ones joined, quotes marked again. */
export const unflowed = (text: string, flowed: Flowed): string =>
  linesOf(text, flowed)
    .map(({ level, text }) => `${'>'.repeat(level)}${level > 0 && text !== '' ? ' ' : ''}${text}`)
    .join('\n')

const longestLinked = 20_000

// Looking for links costs more than all the rest, and no link has white space inside: only words that could hold
// one are looked at.
const mayLink = /[@:]|\.[^\s.]/

export const linked = (text: string): string => {
  if (text.length > longestLinked) return escapeHtml(text)
  return text
    .split(/(\s+)/)
    .map((word) => (mayLink.test(word) ? linkedWord(word) : escapeHtml(word)))
    .join('')
}

const linkedWord = (text: string): string => {
  let from = 0
  let html = ''
  for (const { index, lastIndex, url } of linkify.match(text) ?? []) {
    const href = linkUrl(url)
    const shown = escapeHtml(text.slice(index, lastIndex))
    html += escapeHtml(text.slice(from, index))
    html += href
      ? `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer nofollow">${shown}</a>`
      : shown
    from = lastIndex
  }
  return html + escapeHtml(text.slice(from))
}

const longestOpen = 12

/** A long quote with nothing said below it: the history that everybody has already. */
const isHistory = (lines: Line[], from: number, to: number): boolean =>
  to - from > longestOpen &&
  lines.slice(0, from).some(({ text }) => text.trim() !== '') &&
  lines.slice(to).every(({ text }) => text.trim() === '')

/** The page outside gives the button its name (components/message-view/frame-link). */
const folded = (html: string): string => `<details class="ph-fold"><summary></summary>${html}</details>`

const block = (lines: Line[], level: number): string => {
  let html = ''
  for (let at = 0; at < lines.length;) {
    const here = lines[at]?.level ?? 0
    let end = at
    if (here > level && level < deepestQuote) {
      while ((lines[end]?.level ?? 0) > level) end++
      const quoted = `<blockquote class="ph-quote ph-quote-${(level % 3) + 1}">${block(lines.slice(at, end), level + 1)}</blockquote>`
      html += level === 0 && isHistory(lines, at, end) ? folded(quoted) : quoted
    } else {
      while (end < lines.length && ((lines[end]?.level ?? 0) <= level || level >= deepestQuote)) end++
      html += lines
        .slice(at, end)
        .map(({ text }) => linked(text))
        .join('\n')
      if (end < lines.length) html += '\n'
    }
    at = end
  }
  return html
}

/** RFC 3676 section 4.3: the signature stands below the last line `-- `. */
const signatureAt = (lines: Line[]): number => {
  const at = lines.findLastIndex(({ level, text }) => level === 0 && text === '-- ')
  return at >= 0 && lines.length - at <= 40 ? at : lines.length
}

export const textToHtml = (text: string, flowed: Flowed, extent: Extent = 'all'): string => {
  const lines = linesOf(text, flowed, extent)
  const cut = signatureAt(lines)
  const signature = lines.slice(cut)
  const tail = signature.length > 0 ? `<div class="ph-signature">${block(signature, 0)}</div>` : ''
  return `<div class="ph-text">${block(lines.slice(0, cut), 0)}${tail}</div>`
}
