import { doors } from '@/lib/client/api'
import type { App } from '@/lib/client/app'
import { type MessageAt, messageKey } from '@/lib/client/cache/state'
import { formatAddress } from '@/lib/model/address'
import { showsImages } from '@/lib/model/remote-images'
import type { MessageDetail } from '@/lib/model/message'
import { fullWhen, shownSize } from './format'
import { lookOf } from './look'

// A message on paper: its header and its body, and nothing of ours. It is the body's own document that is printed,
// so that pages break between its lines; the header stands in a shadow tree, where no style of the sender's reaches.

const mostPeople = 100
const hostStyle =
  'all:initial!important;display:block!important;margin:0 0 16px!important;padding:0 0 12px!important;border-bottom:1px solid #999!important'
const treeStyle =
  'font:13px/1.5 system-ui,sans-serif;color:#000;display:block;overflow-wrap:anywhere;white-space:normal'

const linesOf = (app: App, detail: MessageDetail): [string, string][] => {
  const { fields, attachments } = app.words().reader
  const people = (list: MessageDetail['to']) => list.slice(0, mostPeople).map(formatAddress).join(', ')
  const files = detail.attachments.filter((file) => !file.inline)
  const all: [string, string][] = [
    [fields.from, people(detail.from)],
    [fields.to, people(detail.to)],
    [fields.cc, people(detail.cc)],
    [fields.date, fullWhen(detail.date)],
    [attachments, files.map(({ name, size }) => `${name} (${shownSize(size)})`).join(', ')],
  ]
  return all.filter(([, text]) => text !== '')
}

function addHeading(content: Document, title: string, lines: [string, string][]): void {
  const host = content.createElement('div')
  host.dataset.phHeading = ''
  host.setAttribute('style', hostStyle)
  const box = content.createElement('div')
  box.setAttribute('style', treeStyle)
  const heading = content.createElement('h1')
  heading.setAttribute('style', 'font-size:19px;line-height:1.3;margin:0 0 8px')
  heading.textContent = title
  box.append(heading)
  for (const [name, text] of lines) {
    const line = content.createElement('div')
    const label = content.createElement('b')
    label.textContent = `${name}: `
    const value = content.createElement('bdi')
    value.textContent = text
    line.append(label, value)
    box.append(line)
  }
  host.attachShadow({ mode: 'open' }).append(box)
  content.body.prepend(host)
}

/** Asks the browser to print the message; the frame goes when that is over. */
export async function printMessage(app: App, at: MessageAt): Promise<void> {
  const detail = app.mail.get().details.get(messageKey(at)) ?? (await app.mail.openMessage(at))
  const policy = app.preferences.get().images
  const isAllowed = showsImages({ folder: at.folder, policy, standing: detail.standing })
  const images = isAllowed || lookOf(at).images === 'shown' ? 'shown' : 'blocked'
  const frame = document.createElement('iframe')
  frame.title = app.words().reader.printed
  // Decision 4 of DESIGN.md, as every frame of a message; `allow-modals` is what lets it print.
  frame.setAttribute('sandbox', 'allow-same-origin allow-modals')
  frame.referrerPolicy = 'no-referrer'
  frame.style.cssText = 'position:fixed;inset-inline-start:-9999px;width:720px;height:0;border:0'
  frame.ariaHidden = 'true'
  frame.tabIndex = -1
  document.querySelectorAll('iframe[data-printed]').forEach((old) => old.remove())
  frame.dataset.printed = ''
  frame.onload = () => {
    const content = frame.contentDocument
    if (!content?.body?.dataset.phKind) return frame.remove()
    addHeading(content, detail.subject || app.words().reader.noSubject, linesOf(app, detail))
    content.title = detail.subject
    frame.contentWindow?.addEventListener('afterprint', () => frame.remove())
    frame.contentWindow?.focus()
    frame.contentWindow?.print()
  }
  frame.src = doors.frame(at, { images, theme: 'light' })
  document.body.append(frame)
}
