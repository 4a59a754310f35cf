import 'server-only'
import { enrichedToHtml } from './enriched'
import type { Asked } from './resources'
import { sanitise } from './sanitise'
import { isWhole, textToHtml } from './text'
import { trackersAmong } from './trackers'

// The shown parts of a message as one body.

export interface Source {
  type: 'html' | 'text' | 'enriched'
  text: string
  flowed: 'no' | 'flowed' | 'flowed-delsp'
  whole: boolean
}

export interface Body {
  kind: 'html' | 'text' | 'none'
  html: string
  css: string
  blockedRemote: number
  /** Known trackers among what was held back, by name. */
  trackers: string[]
  /** Content-IDs shown inside the body. */
  used: ReadonlySet<string>
  whole: boolean
}

interface Piece {
  html: string
  css: string
  blocked: Iterable<string>
  used: Iterable<string>
  whole: boolean
}

const pieceOf = (source: Source, asked: Asked): Piece => {
  if (source.type === 'html') {
    const { html, css, tally, whole } = sanitise(source.text, asked)
    return { html, css, blocked: tally.blocked, used: tally.used, whole: whole && source.whole }
  }
  const { text, flowed } = source
  const html = source.type === 'enriched' ? enrichedToHtml(text) : textToHtml(text, flowed, asked.extent)
  const whole = source.whole && isWhole(text, asked.extent ?? 'all')
  return { html, css: '', blocked: [], used: [], whole }
}

export const renderBody = (sources: readonly Source[], asked: Asked): Body => {
  const pieces = sources.map((source) => pieceOf(source, asked))
  const blocked = new Set(pieces.flatMap(({ blocked }) => [...blocked]))
  const kind = sources.length === 0 ? 'none' : sources.some(({ type }) => type === 'html') ? 'html' : 'text'
  return {
    kind,
    html: pieces
      .map(({ html }) => (pieces.length > 1 ? `<div class="ph-part">${html}</div>` : html))
      .join(''),
    css: pieces
      .map(({ css }) => css)
      .join('\n')
      .trim(),
    blockedRemote: blocked.size,
    trackers: trackersAmong(blocked),
    used: new Set(pieces.flatMap(({ used }) => [...used])),
    whole: pieces.every(({ whole }) => whole),
  }
}
