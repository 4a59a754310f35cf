'use client'
import type { KeyboardEvent } from 'react'
import { ChevronLeft, ChevronRight, Download, PenLine } from 'lucide-react'
import { arrowStep } from '@/components/ui/direction'
import { IconButton } from '@/components/ui/icon-button'
import { Overlay } from '@/components/ui/overlay'
import { doors } from '@/lib/client/api'
import type { MessageAt } from '@/lib/client/cache/state'
import { useWords } from '@/lib/i18n/react'
import type { Attachment } from '@/lib/model/message'
import { viewOf } from '@/lib/model/file-view'
import { shownSize } from '../format'
import { writeWith } from '../write-with'
import { ReadPart } from './read-part'

export interface PreviewOverlayProps {
  at: MessageAt
  /** Those that can be looked at here, in their order. */
  files: readonly Attachment[]
  part: string
  onPart: (part: string | null) => void
}

/** One attachment over the whole window; the arrow keys walk through the others. */
export function PreviewOverlay({ at, files, part, onPart }: PreviewOverlayProps) {
  const words = useWords()
  const { preview } = words.reader
  const index = files.findIndex((one) => one.part === part)
  const file = files[index]
  if (!file) return null
  const go = (to: number) => files[to] && onPart(files[to].part)
  const keys = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLMediaElement || event.altKey || event.ctrlKey || event.metaKey) return
    const step = arrowStep(event.key)
    if (step !== 0) go(index + step)
    // The keys of the list and the reader mean nothing here.
    event.stopPropagation()
  }
  const many = files.length > 1
  const note = [many && words.reader.position(String(index + 1), String(files.length)), shownSize(file.size)]
  const write = () => {
    onPart(null)
    writeWith(at, [file])
  }
  return (
    <Overlay
      title={file.name}
      note={note.filter(Boolean).join(' · ')}
      close={preview.close}
      onClose={() => onPart(null)}
      onKeyDown={keys}
      tools={
        <>
          {many && (
            <>
              <IconButton
                label={preview.previous}
                keys="ArrowLeft"
                icon={<ChevronLeft />}
                disabled={index === 0}
                onClick={() => go(index - 1)}
              />
              <IconButton
                label={preview.next}
                keys="ArrowRight"
                icon={<ChevronRight />}
                disabled={index === files.length - 1}
                onClick={() => go(index + 1)}
              />
            </>
          )}
          <IconButton label={preview.write} icon={<PenLine />} onClick={write} />
          <DownloadButton at={at} file={file} />
        </>
      }
    >
      <Look key={file.part} at={at} file={file} />
    </Overlay>
  )
}

function DownloadButton({ at, file }: { at: MessageAt; file: Attachment }) {
  const { preview } = useWords().reader
  return (
    <a
      href={doors.part(at, file.part)}
      download={file.name}
      aria-label={preview.download}
      data-tip={preview.download}
      className="grid size-8 place-items-center rounded-s text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:size-11"
    >
      <Download aria-hidden="true" />
    </a>
  )
}

function Look({ at, file }: { at: MessageAt; file: Attachment }) {
  const view = viewOf(file)
  const url = doors.part(at, file.part, 'look')
  if (view === 'read') return <ReadPart at={at} part={file.part} />
  return (
    <div className="grid h-full place-items-center p-4">
      {view === 'picture' && (
        // eslint-disable-next-line @next/next/no-img-element -- a part of a message, not an asset to optimise
        <img
          src={url}
          alt={file.name}
          className="max-h-full max-w-full rounded-s bg-[repeating-conic-gradient(#8881_0_25%,#0000_0_50%)] bg-size-[16px_16px] object-contain"
        />
      )}
      {/* No captions: whoever sent it would have had to send them too. */}
      {view === 'sound' && <audio src={url} controls autoFocus className="w-full max-w-xl" />}
      {view === 'film' && <video src={url} controls autoFocus className="max-h-full max-w-full rounded-s" />}
    </div>
  )
}
