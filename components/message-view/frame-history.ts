// The history below an answer, folded. The mail's own nodes are moved inside its own document, nothing is made of
// its text, and the fold works without script.

const quotes = '.gmail_quote, .gmail_quote_container, .yahoo_quoted, .protonmail_quote, blockquote'
/** Where the history is not an element but all that follows one (Outlook, Thunderbird). */
const marks =
  '#m-appendonsend, #m-divRplyFwdMsg, #m-mail-editor-reference-message-container, .moz-cite-prefix'
const mostTried = 30
const shortest = 200

const textBetween = (content: Document, from: Node | null, to: Node | null): string => {
  const range = content.createRange()
  range.selectNodeContents(content.body)
  if (from) range.setStartAfter(from)
  if (to) range.setEndBefore(to)
  return range.toString().trim()
}

/** What belongs to the history: the quote, or the mark and its later siblings. */
const nodesOf = (found: Element): Node[] => {
  if (!found.matches(marks)) return [found]
  const nodes: Node[] = [found]
  for (let next = found.nextSibling; next; next = next.nextSibling) nodes.push(next)
  return nodes
}

const isHistory = (content: Document, nodes: Node[]): boolean => {
  const first = nodes[0] ?? null
  const last = nodes.at(-1) ?? null
  const length = nodes.reduce((sum, node) => sum + (node.textContent?.length ?? 0), 0)
  // Forwarded words with nothing said about them are the message.
  return (
    length > shortest && textBetween(content, last, null) === '' && textBetween(content, null, first) !== ''
  )
}

const fold = (content: Document, nodes: Node[]): void => {
  const details = content.createElement('details')
  details.className = 'ph-fold'
  details.append(content.createElement('summary'))
  nodes[0]?.parentNode?.insertBefore(details, nodes[0])
  details.append(...nodes)
}

/** Folds the history of an HTML message, and names the folds of any. */
export function foldHistory(content: Document, label: string): void {
  if (content.body.dataset.phKind === 'html') {
    const found = [...content.querySelectorAll(`${quotes}, ${marks}`)].slice(0, mostTried)
    const history = found.map(nodesOf).find((nodes) => isHistory(content, nodes))
    if (history && !content.querySelector('.ph-fold')) fold(content, history)
  }
  for (const summary of content.querySelectorAll('.ph-fold > summary')) {
    summary.setAttribute('aria-label', label)
    summary.setAttribute('title', label)
  }
}
