import type { Node } from 'prosemirror-model'
import { schema } from './schema'

const deepestQuote = 20

/** Plain text as a document: `>` is a quote, a blank line ends a paragraph, a line break stays one. */
export function fromText(text: string): Node {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const content = blocksOf(lines, 0)
  return schema.node('doc', null, content.length > 0 ? content : [schema.node('paragraph')])
}

function blocksOf(lines: string[], depth: number): Node[] {
  const blocks: Node[] = []
  for (let at = 0; at < lines.length;) {
    const isQuote = lines[at]!.startsWith('>') && depth < deepestQuote
    let end = at
    while (end < lines.length && (lines[end]!.startsWith('>') && depth < deepestQuote) === isQuote) end++
    const run = lines.slice(at, end)
    if (isQuote) {
      const inner = blocksOf(
        run.map((line) => line.replace(/^> ?/, '')),
        depth + 1,
      )
      blocks.push(schema.node('blockquote', null, inner.length > 0 ? inner : [schema.node('paragraph')]))
    } else blocks.push(...paragraphs(run, { beforeQuote: end < lines.length, afterQuote: at > 0 }))
    at = end
  }
  return blocks
}

function paragraphs(
  lines: string[],
  { beforeQuote, afterQuote }: { beforeQuote: boolean; afterQuote: boolean },
): Node[] {
  // The blank line that sets a quote apart is the gap between blocks, not a paragraph of its own.
  const run = afterQuote && lines[0] === '' ? lines.slice(1) : [...lines]
  const touchesQuote = beforeQuote && run.length > 0 && run.at(-1) !== ''
  if (beforeQuote && run.at(-1) === '') run.pop()
  const found: Node[] = []
  let current: string[] = []
  const close = () => {
    if (current.length > 0) found.push(paragraph(current))
    current = []
  }
  run.forEach((line, index) => {
    if (line !== '') current.push(line)
    else if (current.length > 0) close()
    else if (index > 0 || found.length === 0) found.push(schema.node('paragraph'))
  })
  close()
  const last = found.at(-1)
  if (touchesQuote && last) found[found.length - 1] = last.type.create({ role: 'attribution' }, last.content)
  return found
}

function paragraph(lines: string[]): Node {
  const inline = lines.flatMap((line, index) => [
    ...(index > 0 ? [schema.node('hard_break')] : []),
    ...(line ? [schema.text(line)] : []),
  ])
  return schema.node('paragraph', null, inline)
}
