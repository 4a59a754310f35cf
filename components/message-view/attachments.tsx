'use client'
import { lazy, memo, Suspense, useState } from 'react'
import { FileArchive } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { laterPart } from '@/components/ui/later-part'
import { doors } from '@/lib/client/api'
import type { MessageAt } from '@/lib/client/cache/state'
import { useClock } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import type { Attachment } from '@/lib/model/message'
import { viewOf } from '@/lib/model/file-view'
import { FileList } from './file-list'
import { shownSize } from './format'
import { useStage } from './stage'

// What most messages never need is not in the first load.
const PreviewOverlay = lazy(
  laterPart(async () => ({ default: (await import('./preview/overlay')).PreviewOverlay })),
)

const isHere = (file: Attachment): boolean => !['none', 'tab'].includes(viewOf(file))

interface AttachmentsProps {
  at: MessageAt
  files: readonly Attachment[]
}

export const Attachments = memo(function Attachments({ at, files }: AttachmentsProps) {
  const [part, setPart] = useState<string | null>(null)
  const stage = useStage()
  if (files.length === 0) return null
  return (
    <div className="ps-[63px] pe-4 pb-4 max-sm:ps-4">
      {files.length > 1 && <All at={at} files={files} />}
      <FileList at={at} files={files} onLook={(file) => setPart(file.part)} />
      {part !== null && stage === 'shown' && (
        <Suspense>
          <PreviewOverlay at={at} files={files.filter(isHere)} part={part} onPart={setPart} />
        </Suspense>
      )}
    </div>
  )
})

function All({ at, files }: AttachmentsProps) {
  const { reader } = useWords()
  const { locale } = useClock()
  const size = files.reduce((sum, file) => sum + file.size, 0)
  return (
    <p className="mb-1.5 flex items-center gap-1 text-[12.5px] text-ink-3 print:hidden">
      {reader.attachmentCount(files.length, shownSize(size, locale))}
      <a href={doors.zip(at)} download="" className={cx(buttonClass('quiet', 's'), 'text-accent!')}>
        <FileArchive aria-hidden="true" className="lucide" />
        {reader.preview.all}
      </a>
    </p>
  )
}
