import { messageKey, type MessageAt } from '@/lib/client/cache/state'

/** A part of an original, as its frame shows it; the editor's reader cleans it like any quote. */
export interface Selected {
  html: string
  text: string
}

/** Nobody selects more in order to answer it. */
const most = 500_000

/** What gives the parts in it their meaning: cells without their table are words without a blank between them. */
const holds = 'table, thead, tbody, tfoot, tr, pre, ul, ol, blockquote, a, b, strong, i, em, u, s, code'

const wrapped = (range: Range): Node => {
  let part: Node = range.cloneContents()
  const { commonAncestorContainer: common } = range
  let around = common.nodeType === Node.ELEMENT_NODE ? (common as Element) : common.parentElement
  for (; around && around.localName !== 'body'; around = around.parentElement) {
    if (!around.matches(holds)) continue
    const shell = around.cloneNode(false)
    shell.appendChild(part)
    part = shell
  }
  return part
}

/** One word was rather looked up, or copied, than chosen for an answer. */
const isPassage = (text: string): boolean => /\S\s+\S/.test(text)

const selectedIn = (content: Document): Selected | null => {
  const selection = content.getSelection()
  const text = selection?.toString() ?? ''
  if (!selection || !isPassage(text) || text.length > most) return null
  const box = content.createElement('div')
  for (let at = 0; at < selection.rangeCount; at++) box.append(wrapped(selection.getRangeAt(at)))
  // What was folded away was not seen.
  for (const fold of box.querySelectorAll('details:not([open])')) fold.remove()
  return { html: box.innerHTML, text }
}

/** What is selected of a message that is read: an answer quotes that and nothing else. */
export function selectionOf(at: MessageAt): Selected | null {
  for (const frame of document.querySelectorAll<HTMLIFrameElement>('iframe[data-body-of]')) {
    const content = frame.dataset.bodyOf === messageKey(at) ? frame.contentDocument : null
    const found = content && selectedIn(content)
    if (found) return found
  }
  return null
}
