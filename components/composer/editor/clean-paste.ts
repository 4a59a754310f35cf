import { inertDocument } from '@/lib/client/trusted-types'

// Pastes whose HTML does not say what it shows. Word writes lists as paragraphs with a sign typed before them, their
// depth in a style of its own; Google Docs puts lists beside items instead of into them, and breaks between blocks.

const fromWord = /mso-list|MsoListParagraph|<o:p\b/i
const fromDocs = /docs-internal-guid/i

export function cleanPaste(html: string): string {
  if (!fromWord.test(html) && !fromDocs.test(html)) return html
  const page = inertDocument(html)
  wordLists(page)
  wordBlanks(page)
  looseLists(page)
  looseBreaks(page)
  return page.body.innerHTML
}

const listItems = 'p[style*="mso-list" i]'
const sign = '[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]'
const deepest = 9

/** One to nine, outside in. */
const depthOf = (paragraph: Element): number => {
  const style = paragraph.getAttribute('style') ?? ''
  const level = Number(/mso-list:\s{0,3}l\d{1,4}\s+level(\d)/i.exec(style)?.[1] ?? 1)
  return Math.min(deepest, Math.max(1, level))
}

/** What was typed before it: `1.` or `b)` counts, anything else is a point. */
const numberOf = (paragraph: Element): number | null => {
  const typed = paragraph.querySelector(sign)
  const [, letters = ''] = /^\s*([\da-z]{1,4})[.)]/i.exec(typed?.textContent ?? '') ?? []
  typed?.remove()
  if (letters === '') return null
  return Number(letters) || 1
}

function wordLists(page: Document): void {
  /** The lists that are open above the next item, the outermost first. */
  let open: HTMLElement[] = []
  for (const paragraph of page.querySelectorAll<HTMLElement>(listItems)) {
    const number = numberOf(paragraph)
    const tag = number === null ? 'UL' : 'OL'
    const goesOn = open[0] !== undefined && paragraph.previousElementSibling === open[0]
    open = goesOn ? open.slice(0, depthOf(paragraph)) : []
    if (open.length === 1 && open[0]!.tagName !== tag) open = []
    const make = (place: (list: HTMLElement) => void) => {
      const list = page.createElement(tag)
      if (number !== null && number > 1) list.setAttribute('start', String(number))
      place(list)
      open.push(list)
    }
    if (open.length === 0) make((list) => paragraph.before(list))
    const item = open.at(-1)!.lastElementChild
    // A list begins no deeper than one below what is open: Word lets levels be left out.
    if (open.length < depthOf(paragraph) && item) make((list) => item.append(list))
    const entry = page.createElement('li')
    entry.append(...paragraph.childNodes)
    open.at(-1)!.append(entry)
    paragraph.remove()
  }
}

/** Word fills an empty paragraph with a space that cannot break. */
function wordBlanks(page: Document): void {
  for (const mark of page.querySelectorAll('p > o\\:p')) {
    const paragraph = mark.parentElement
    if (paragraph && paragraph.textContent.trim() === '') paragraph.replaceChildren()
  }
}

/** HTML 4.4.6: a list holds items and nothing else. */
function looseLists(page: Document): void {
  for (const list of page.querySelectorAll('ul > ul, ul > ol, ol > ul, ol > ol')) {
    const before = list.previousElementSibling
    if (before?.tagName === 'LI') before.append(list)
  }
}

/** A break between two blocks is an empty line, and one after the last is nothing. */
function looseBreaks(page: Document): void {
  for (const lone of page.querySelectorAll('body > br, [id^="docs-internal-guid"] > br')) {
    const blocks = [lone.previousElementSibling, lone.nextElementSibling]
    if (!lone.nextElementSibling) lone.remove()
    else if (blocks.every((one) => one === null || /^(P|UL|OL|H\d|DIV|TABLE|BR)$/.test(one.tagName)))
      lone.replaceWith(page.createElement('p'))
  }
}
