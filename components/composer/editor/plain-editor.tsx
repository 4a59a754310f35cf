'use client'
import { useEffect, useRef } from 'react'
import type { Body, BodyPort } from '../letter'
import { fromHtml } from './from-html'
import { fromText } from './from-text'
import { filesOf } from './paste'
import { toHtml } from './to-html'
import { toText } from './to-text'

export interface PlainEditorProps {
  label: string
  /** Asked when the field is there: what came since drawing is not lost. */
  first: () => Body
  focus: 'start' | 'none'
  attach: (port: BodyPort) => () => void
  onChange: () => void
  onFiles: (files: File[]) => void
}

/** Writing without formatting. Until the text is changed, the formatted version is kept for the way back. */
export function PlainEditor({ label, first, focus, attach, onChange, onFiles }: PlainEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const latest = useRef({ attach, focus, first })
  useEffect(() => {
    const field = area.current
    if (!field) return
    const start = latest.current.first()
    const initial = start.text || (start.html ? toText(fromHtml(start.html)) : '')
    field.value = initial
    const detach = latest.current.attach({
      read: () => {
        const text = field.value
        return text === initial && start.html
          ? { html: start.html, text }
          : { html: toHtml(fromText(text)), text }
      },
      append: (html) => {
        field.value = `${field.value}\n\n${toText(fromHtml(html))}`
      },
      focus: () => field.focus(),
    })
    field.setSelectionRange(0, 0)
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
      onInput={onChange}
      onPaste={(event) => {
        const files = filesOf(event.clipboardData)
        if (files.length === 0) return
        event.preventDefault()
        onFiles(files)
      }}
    />
  )
}
