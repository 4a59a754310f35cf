import { useWords } from '@/lib/i18n/react'
import type { SearchProblem } from '@/lib/model/search'
import { cx } from '@/components/ui/cx'

interface MistakeProps {
  text: string
  problem: SearchProblem
  className?: string
}

/** What was typed with the wrong word underlined, and below it what is wrong there. */
export function SearchMistake({ text, problem, className }: MistakeProps) {
  const words = useWords()
  const { at, length, code } = problem
  const wrong = text.slice(at, at + length)
  return (
    <div role="alert" className={cx('grid gap-1', className)}>
      <p dir="auto" className="break-words whitespace-pre-wrap text-ink-2">
        {text.slice(0, at)}
        <span className="font-medium text-bad underline decoration-wavy underline-offset-4">
          {wrong || '\u2423'}
        </span>
        {text.slice(at + length)}
      </p>
      <p className="text-sm text-bad">{words.list.mistakes[code](wrong)}</p>
    </div>
  )
}
