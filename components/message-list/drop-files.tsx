'use client'
import { Import } from 'lucide-react'
import { useState } from 'react'
import type { DragEvent, ReactNode } from 'react'
import type { Place } from '@/lib/client/place'
import { useApp } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files')

/** Files of messages that are dropped on the list are filed in its folder. */
export function DropFiles({ place, children }: { place: Place; children: ReactNode }) {
  const app = useApp()
  const { list } = useWords()
  const [over, setOver] = useState<'no' | 'yes'>('no')
  const drop = (event: DragEvent) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    setOver('no')
    const files = [...event.dataTransfer.files]
    const { account, folder } = place
    void import('@/lib/client/import').then(({ importFiles }) => importFiles(app, { account, folder }, files))
  }
  return (
    <div
      className="relative flex min-h-0 grow flex-col"
      onDragOver={(event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        setOver('yes')
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver('no')
      }}
      onDrop={drop}
    >
      {children}
      {over === 'yes' && (
        <div className="pointer-events-none absolute inset-2 z-30 grid place-content-center justify-items-center gap-2 rounded-m border-2 border-dashed border-accent bg-accent-soft text-accent">
          <Import />
          {list.dropFiles}
        </div>
      )}
    </div>
  )
}
