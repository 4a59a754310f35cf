'use client'
import type { EditorView } from 'prosemirror-view'
import { useRef, useState } from 'react'
import { FormatBar, type EditorShared } from '@/components/composer/editor/format-bar'
import { PictureRow } from '@/components/composer/editor/picture-row'
import { RichEditor } from '@/components/composer/editor/rich-editor'
import type { Body, BodyPort } from '@/components/composer/letter'
import { writtenPictures } from '@/components/composer/files/pictures'
import { showToast } from '@/components/ui/toast'
import { usePreferences } from '@/lib/client/react'
import { signal } from '@/lib/client/signal'
import { useLaterWords } from '@/lib/i18n/later'
import { useWords } from '@/lib/i18n/react'

export interface RichFieldProps {
  label: string
  html: string
  /** Told the way to read what is there; null when the field is gone. */
  onReader: (read: (() => Body) | null) => void
}

/** A text with formatting, written with the composer's own editor: what is kept is what a message may hold. */
export default function RichField({ label, html, onReader }: RichFieldProps) {
  const { compose: words } = useLaterWords()
  const { reader } = useWords()
  const [pictures] = useState(() => writtenPictures(() => showToast({ text: words.pictureTooLarge })))
  const [shared] = useState<EditorShared>(() => ({
    view: signal<EditorView | null>(null),
    ticks: signal(0),
    pictures,
  }))
  const told = useRef(onReader)
  const [attach] = useState(() => (port: BodyPort) => {
    told.current(port.read)
    return () => told.current(null)
  })
  return (
    <div className="overflow-hidden rounded-m border border-line-strong bg-surface focus-within:border-accent">
      <FormatBar shared={shared} />
      <PictureRow shared={shared} />
      <div className="flex min-h-28">
        <div className="grow">
          <RichEditor
            {...shared}
            label={label}
            historyLabel={reader.showHistory}
            first={() => ({ html, text: '' })}
            focus="none"
            wishes={usePreferences()}
            attach={attach}
            onChange={() => undefined}
            onFiles={() => undefined}
            pictures={pictures}
          />
        </div>
      </div>
    </div>
  )
}
