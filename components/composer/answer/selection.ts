import { messageKey, type MessageAt } from '@/lib/client/cache/state'
import { newContentId } from '@/lib/client/press'
import { inertDocument } from '@/lib/client/trusted-types'
import type { Quotable } from '@/lib/model/message'

/** A part of an original, as its frame shows it; the editor's reader cleans it like any quote. */
export interface Selected {
  html: string
  text: string
  /** Pictures in it, by the Content-ID they have here: which part of the message each is. */
  parts: ReadonlyMap<string, string>
}

/** What a selection brings along, once it is known what the message has. */
export const withPictures = ({ html, text, parts }: Selected, whole: Quotable): Quotable => {
  const found = [...parts].map(([cid, part]) => ({
    cid,
    picture: whole.pictures.find((one) => one.part === part),
  }))
  return {
    // One that cannot come along would be an empty box: without an address the editor takes it for none.
    html: found.reduce(
      (all, { cid, picture }) => (picture ? all : all.replace(`src="cid:${cid}"`, '')),
      html,
    ),
    text,
    pictures: found.flatMap(({ cid, picture }) => (picture ? [{ ...picture, cid }] : [])),
  }
}

const framePart = 'parts/'

/** In its frame a picture goes by its part, in a letter by a Content-ID (RFC 2392). */
function named(box: Element): ReadonlyMap<string, string> {
  const parts = new Map<string, string>()
  for (const picture of box.querySelectorAll(`img[src^="${framePart}"]`)) {
    const cid = newContentId()
    parts.set(cid, picture.getAttribute('src')!.slice(framePart.length))
    picture.setAttribute('src', `cid:${cid}`)
  }
  return parts
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
  // Inert: what is moved about in it is not fetched once more.
  const box = inertDocument('').createElement('div')
  for (let at = 0; at < selection.rangeCount; at++) box.append(wrapped(selection.getRangeAt(at)))
  // What was folded away was not seen.
  for (const fold of box.querySelectorAll('details:not([open])')) fold.remove()
  const parts = named(box)
  return { html: box.innerHTML, text, parts }
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
