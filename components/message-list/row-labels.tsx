'use client'
import { LabelChip } from '@/components/ui/label-chip'
import { labelsOf } from '@/lib/client/labels'
import { useMail } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'

const most = 2

function Chips({ keywords }: { keywords: readonly string[] }) {
  const words = useWords()
  const labels = useMail((state) => state.labels)
  const on = labelsOf(labels, keywords)
  const more = on.length - most
  return (
    <span className="flex max-w-[55%] shrink-0 gap-1 empty:hidden">
      {on.slice(0, most).map(({ keyword, name, colour }) => (
        <LabelChip key={keyword} name={name} colour={colour} />
      ))}
      {more > 0 && <span className="text-xs leading-[18px] text-ink-3">{words.list.more(more)}</span>}
    </span>
  )
}

/** The labels of a row; most rows have none. */
export function RowLabels({ keywords }: { keywords: readonly string[] }) {
  return keywords.length === 0 ? null : <Chips keywords={keywords} />
}
