import { CircleAlert, WifiOff } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/states'
import { usePreferences } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import type { ErrorCode } from '@/lib/model/errors'
import { EmptyRow } from './message-row'

interface FailedProps {
  problem: ErrorCode
  retry: () => void
}

export function Failed({ problem, retry }: FailedProps) {
  const words = useWords()
  const { title, advice } = words.errors[problem]
  return (
    <ErrorState
      icon={problem === 'connection-lost' ? <WifiOff /> : <CircleAlert />}
      title={title}
      actions={<Button onClick={retry}>{words.shell.retry}</Button>}
    >
      {advice}
    </ErrorState>
  )
}

export function Waiting() {
  const { density } = usePreferences()
  const words = useWords()
  return (
    <div
      role="grid"
      aria-label={words.list.messages}
      aria-busy="true"
      className="min-h-0 grow overflow-hidden"
    >
      {Array.from({ length: 12 }, (_, index) => (
        <EmptyRow key={index} index={index} density={density} />
      ))}
    </div>
  )
}

interface NoteProps {
  text: string
  retry: () => void
}

/** Rows are there, but not all that there should be: said in a line, never by an empty place. */
export function Shortfall({ text, retry }: NoteProps) {
  const words = useWords()
  return (
    <div role="alert" className="flex shrink-0 items-center gap-2 border-t bg-sunken px-4 py-1.5 text-sm">
      <CircleAlert className="shrink-0 text-warn" />
      <span className="min-w-0 truncate">{text}</span>
      <Button size="s" kind="quiet" className="ms-auto shrink-0 text-accent" onClick={retry}>
        {words.shell.retry}
      </Button>
    </div>
  )
}

export function PartlyFailed({ problem, retry }: FailedProps) {
  const words = useWords()
  return <Shortfall text={words.errors[problem].title} retry={retry} />
}
