'use client'
import { useEffect, useRef } from 'react'
import type { Body, BodyPort } from '../letter'
import { type Expand, shortcutPattern } from './expand'
import { fromHtml } from './from-html'
import { fromText } from './from-text'
import { filesOf } from './paste'
import type { Wishes } from './rich-editor'
import { toHtml } from './to-html'
import { belowSeparator, signaturesIn, toText } from './to-text'

export interface PlainEditorProps {
  label: string
  /** Asked when the field is there: what came since drawing is not lost. */
  first: () => Body
  focus: 'start' | 'none'
  wishes: Wishes
  attach: (port: BodyPort) => () => void
  onChange: () => void
  onFiles: (files: File[]) => void
  expand?: Expand
}

/** Writing without formatting. Until the text is changed, the formatted version is kept for the way back. */
export function PlainEditor({
  label,
  first,
  focus,
  wishes,
  attach,
  onChange,
  onFiles,
  expand,
}: PlainEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const latest = useRef({ attach, focus, first, wishes })
  const onChangeOf = useRef(onChange)
  useEffect(() => {
    onChangeOf.current = onChange
  })
  useEffect(() => {
    const field = area.current
    if (!field) return
    const start = latest.current.first()
    const initial = start.text || (start.html ? toText(fromHtml(start.html)) : '')
    field.value = initial
    const signatures = start.html ? signaturesIn(fromHtml(start.html)) : []
    let signed = belowSeparator(initial)
    const detach = latest.current.attach({
      read: () => {
        const text = field.value
        return text === initial && start.html
          ? { html: start.html, text }
          : { html: toHtml(fromText(text)), text }
      },
      own: () => signatures.reduce((text, one) => text.replace(one, ''), field.value),
      quote: async (html) => {
        const quoted = toText(fromHtml(html))
        field.value =
          latest.current.wishes.answers === 'below'
            ? `${quoted}\n\n${field.value}`
            : `${field.value}\n\n${quoted}`
        return 'there'
      },
      sign: (html) => {
        const next = html ? `-- \n${toText(fromHtml(html))}` : ''
        const isThere = signed !== '' && field.value.includes(signed)
        field.value = isThere
          ? field.value.replace(signed, () => next)
          : `${field.value}\n\n${next}`.trimEnd()
        signed = next
      },
      insert: (html) => {
        field.setRangeText(toText(fromHtml(html)), field.selectionStart, field.selectionEnd, 'end')
        onChangeOf.current()
        field.focus()
      },
      focus: () => field.focus(),
    })
    const cursor = latest.current.wishes.answers === 'below' ? initial.length - signed.length : 0
    field.setSelectionRange(cursor, cursor)
    if (latest.current.focus === 'start') field.focus()
    return detach
  }, [])
  return (
    <textarea
      ref={area}
      aria-label={label}
      dir="auto"
      spellCheck
      className="block h-full min-h-full w-full grow resize-none bg-transparent px-[18px] py-4 font-mono text-sm leading-relaxed outline-none pointer-coarse:text-[16px]"
      onInput={(event) => {
        if (expand) expandIn(event.currentTarget, expand)
        onChange()
      }}
      onPaste={(event) => {
        const files = filesOf(event.clipboardData)
        if (files.length === 0) return
        event.preventDefault()
        onFiles(files)
      }}
    />
  )
}

function expandIn(field: HTMLTextAreaElement, expand: Expand): void {
  const end = field.selectionStart
  const [whole, before = '', shortcut = ''] =
    shortcutPattern.exec(field.value.slice(Math.max(0, end - 60), end)) ?? []
  const html = whole ? expand(shortcut) : null
  if (whole && html !== null)
    field.setRangeText(toText(fromHtml(html)), end - whole.length + before.length, end, 'end')
}
