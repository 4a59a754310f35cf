'use client'
import { Plus } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { LabelChip } from '@/components/ui/label-chip'
import { askLabel } from '@/lib/client/labels'
import { useApp, useMail } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'

/** Every label; those that no message had yet are told apart. */
export function Labels() {
  const app = useApp()
  const { labels: words, settings } = useWords()
  const labels = useMail((state) => state.labels)
  return (
    <>
      <div className="flex items-center gap-4 pt-5">
        <p className="grow text-sm text-ink-2">{settings.labels.hint}</p>
        <Button icon={<Plus />} onClick={() => askLabel(app, null)}>
          {words.create}
        </Button>
      </div>
      <ul aria-label={words.labels} className="pt-4">
        {labels.map(({ keyword, name, colour, origin }) => (
          <li key={keyword} className="flex min-h-11 items-center gap-3 border-b">
            {/* Before what is told of it gives way, its name does not. */}
            <span className="flex shrink-0">
              <LabelChip name={name} colour={colour} />
            </span>
            <span className="min-w-0 grow truncate text-xs text-ink-3">
              {origin === 'usual'
                ? settings.labels.usual
                : keyword === name
                  ? ''
                  : settings.labels.stored(keyword)}
            </span>
            <Button size="s" kind="quiet" onClick={() => askLabel(app, keyword)}>
              {settings.labels.change}
              <bdi className="sr-only"> {name}</bdi>
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
