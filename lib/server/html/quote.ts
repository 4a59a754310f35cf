import 'server-only'
import { convert } from 'html-to-text'
import { renderBody, type Source } from './body'
import { enrichedToHtml } from './enriched'
import { unflowed } from './text'

// A message as a reply quotes it: safe HTML without the sender's style sheets, and text.

const longestQuote = 1_000_000

const asText = (source: Source): string => {
  const text = source.text.slice(0, longestQuote)
  if (source.type === 'text') return unflowed(text, source.flowed)
  return convert(source.type === 'html' ? text : enrichedToHtml(text).replaceAll('\n', '<br>'), {
    wordwrap: false,
    limits: { maxInputLength: longestQuote, maxDepth: 100, maxChildNodes: 20_000 },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    ],
  })
}

interface Quoted {
  html: string
  text: string
  /** Content-IDs of the pictures that stand in it. */
  used: ReadonlySet<string>
}

/** `pictures`: what becomes of those that are parts of the message, by their Content-ID. */
export const quotableOf = (
  shown: readonly Source[],
  pictures: ReadonlyMap<string, string> = new Map(),
): Quoted => {
  const { html, used } = renderBody(
    shown.map((source) => ({ ...source, text: source.text.slice(0, longestQuote) })),
    { parts: pictures, proxied: null },
  )
  // Pictures that cannot travel with the reply would be empty boxes at the other end.
  return {
    html: html.replace(/<img [^>]*data-ph-blocked[^>]*>/g, ''),
    text: shown.map(asText).join('\n\n'),
    used,
  }
}
