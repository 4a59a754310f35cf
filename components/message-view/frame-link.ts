import { foldHistory } from './frame-history'

// What the page does inside a message's frame. The frame runs no script of its own (DESIGN.md decision 4), so
// only the page measures it, hears its keys and decides where its links lead.
// Invariant: nothing from the frame's document is ever run, inserted into the page or trusted; it is measured,
// and its events are copied field by field.

import { type Misleading, misleading } from './link-check'

export interface FrameWatch {
  /** The height the content wants, after every change of it. */
  resized: (height: number) => void
  /** A mailto link was followed. */
  mailto: (href: string) => void
  /** A link was followed whose text names another host. */
  misled: (link: Misleading) => void
  /** What such a link says about itself when it is pointed at. */
  warning: (link: Misleading) => string
  /** Names the button that unfolds the history. */
  history: string
}

const tallest = 2_000_000
const mostLinks = 5000

/** Links a loaded frame to the page; the answer lets go of it. */
export function linkFrame(frame: HTMLIFrameElement, watch: FrameWatch): () => void {
  const content = frame.contentDocument
  if (!content?.body) return () => undefined
  foldHistory(content, watch.history)
  guardLinks(content, watch)
  const stops = [
    watchHeight(frame, content, watch.resized),
    copyEvents(frame, content),
    followLinks(content, watch),
  ]
  return () => stops.forEach((stop) => stop())
}

function watchHeight(
  frame: HTMLIFrameElement,
  content: Document,
  resized: (height: number) => void,
): () => void {
  let last = 0
  const measure = () => {
    fitWidth(frame, content)
    const zoom = Number(content.body.style.zoom) || 1
    const { height, bottom } = content.body.getBoundingClientRect()
    const wanted = Math.min(tallest, Math.ceil(Math.max(height, bottom, content.body.scrollHeight * zoom)))
    if (wanted === last) return
    last = wanted
    resized(wanted)
  }
  const observer = new ResizeObserver(measure)
  observer.observe(content.body)
  observer.observe(frame)
  // Pictures that arrive late move things without resizing the body (floats, absolute boxes).
  content.addEventListener('load', measure, true)
  measure()
  return () => {
    observer.disconnect()
    content.removeEventListener('load', measure, true)
  }
}

const smallestZoom = 0.45

/** A layout made for a wider screen is made smaller, never cut and never scrolled sideways. */
function fitWidth(frame: HTMLIFrameElement, content: Document): void {
  const room = frame.clientWidth
  if (room === 0 || content.body.dataset.fitted === String(room)) return
  content.body.dataset.fitted = String(room)
  content.body.style.zoom = '1'
  const wanted = content.documentElement.scrollWidth
  if (wanted > room + 1) content.body.style.zoom = String(Math.max(smallestZoom, room / wanted))
}

const misleadingLink = (link: Element): Misleading | null =>
  misleading(link.textContent ?? '', link.getAttribute('href') ?? '')

/** Wherever a link leads, the page it opens learns neither who opened it nor from where. */
function guardLinks(content: Document, { warning }: FrameWatch): void {
  const links = content.querySelectorAll<HTMLAnchorElement>('a[href]')
  for (let i = 0; i < Math.min(links.length, mostLinks); i++) {
    const link = links[i]!
    link.target = '_blank'
    link.rel = 'noopener noreferrer'
    const wrong = misleadingLink(link)
    // The sender's own words on it would be one more disguise.
    if (wrong) link.title = warning(wrong)
    else if (/^https?:/i.test(link.getAttribute('href') ?? '')) link.title = link.href.slice(0, 500)
  }
}

const linkAt = (event: Event): HTMLAnchorElement | HTMLAreaElement | null => {
  const target = event.target as Element | null
  return target?.closest?.('a[href], area[href]') ?? null
}

function followLinks(content: Document, { mailto, misled }: FrameWatch): () => void {
  const click = (event: MouseEvent) => {
    const link = linkAt(event)
    const href = link?.getAttribute('href') ?? ''
    if (!link) return
    link.setAttribute('target', '_blank')
    link.setAttribute('rel', 'noopener noreferrer')
    const wrong = misleadingLink(link)
    if (wrong) {
      event.preventDefault()
      misled(wrong)
    } else if (/^\s*mailto:/i.test(href)) {
      event.preventDefault()
      mailto(href.trim())
    } else if (href.startsWith('#')) {
      event.preventDefault()
      const name = href.slice(1)
      const anchor = content.getElementById(name) ?? content.getElementsByName(name)[0]
      anchor?.scrollIntoView({ block: 'start' })
    } else if (!/^\s*(https?|ftp|tel|sms|xmpp|sip|geo):/i.test(href)) event.preventDefault()
  }
  // The middle button opens a link as well, and asks nobody by itself.
  const middle = (event: MouseEvent) => event.button === 1 && click(event)
  content.addEventListener('click', click, true)
  content.addEventListener('auxclick', middle, true)
  return () => {
    content.removeEventListener('click', click, true)
    content.removeEventListener('auxclick', middle, true)
  }
}

const forwarded = ['keydown', 'keyup', 'pointerdown', 'pointermove', 'pointerup', 'pointercancel'] as const

/** The page's shortcuts, menus and swipes work over a message too: its events happen again on the frame. */
function copyEvents(frame: HTMLIFrameElement, content: Document): () => void {
  const copy = (event: KeyboardEvent | PointerEvent) => {
    const again = 'key' in event ? copyOfKey(event) : copyOfPointer(frame, event)
    if (!frame.dispatchEvent(again)) event.preventDefault()
  }
  for (const name of forwarded) content.addEventListener(name, copy as EventListener)
  return () => {
    for (const name of forwarded) content.removeEventListener(name, copy as EventListener)
  }
}

const modifiers = (event: KeyboardEvent | PointerEvent) => ({
  ctrlKey: event.ctrlKey,
  shiftKey: event.shiftKey,
  altKey: event.altKey,
  metaKey: event.metaKey,
})

const copyOfKey = (event: KeyboardEvent): KeyboardEvent =>
  new KeyboardEvent(event.type, {
    key: event.key,
    code: event.code,
    repeat: event.repeat,
    isComposing: event.isComposing,
    bubbles: true,
    cancelable: true,
    ...modifiers(event),
  })

function copyOfPointer(frame: HTMLIFrameElement, event: PointerEvent): PointerEvent {
  const { left, top } = frame.getBoundingClientRect()
  return new PointerEvent(event.type, {
    pointerId: event.pointerId,
    pointerType: event.pointerType,
    isPrimary: event.isPrimary,
    button: event.button,
    buttons: event.buttons,
    clientX: left + event.clientX,
    clientY: top + event.clientY,
    bubbles: true,
    cancelable: true,
    ...modifiers(event),
  })
}
