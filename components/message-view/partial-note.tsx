import { FileWarning } from 'lucide-react'
import { cx } from '@/components/ui/cx'
import { doors } from '@/lib/client/api'
import type { MessageAt } from '@/lib/client/cache/state'
import { useWords } from '@/lib/i18n/react'
import type { MessageDetail } from '@/lib/model/message'
import { noteAction, noteClass } from './notes'

interface PartialNoteProps {
  at: MessageAt
  body: MessageDetail['body']
  /** What is shown: the start, all of it, or the most that can be. */
  extent: 'start' | 'all' | 'most'
  onAll: () => void
}

/** What is shown is not all there is: said above it, with the ways to the rest. */
export function PartialNote({ at, body, extent, onAll }: PartialNoteProps) {
  const { reader } = useWords()
  const isSource = body.shows === 'source'
  if (!isSource && (body.extent === 'whole' || extent === 'all')) return null
  const told = isSource ? reader.bodyIsSource : extent === 'start' ? reader.bodyIsStart : reader.bodyIsPart
  return (
    <div className={cx(noteClass, 'flex-wrap')}>
      <FileWarning aria-hidden="true" className="lucide shrink-0" />
      <span className="py-1">{told}</span>
      {extent === 'start' && body.extent === 'part' && (
        <button type="button" onClick={onAll} className={noteAction}>
          {reader.showAllOfIt}
        </button>
      )}
      <a
        href={doors.source(at)}
        download="message.eml"
        className={cx(noteAction, extent === 'start' && body.extent === 'part' && 'ms-0!')}
      >
        {reader.downloadWhole}
      </a>
    </div>
  )
}
