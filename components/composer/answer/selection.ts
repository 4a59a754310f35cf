import { messageKey, type MessageAt } from '@/lib/client/cache/state'

/** A part of an original, as its frame shows it; the editor's reader cleans it like any quote. */
export interface Selected {
  html: string
  text: string
}

/** Nobody selects more in order to answer it. */
const most = 500_000

const selectedIn = (content: Document): Selected | null => {
  const selection = content.getSelection()
  const text = selection?.toString() ?? ''
  if (!selection || text.trim() === '' || text.length > most) return null
  const box = content.createElement('div')
  for (let at = 0; at < selection.rangeCount; at++) box.append(selection.getRangeAt(at).cloneContents())
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
