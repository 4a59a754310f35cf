'use client'
import { Archive, Mail, MailOpen, Trash2 } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { mark, move, wholeOf } from '@/lib/client/actions'
import type { Targets } from '@/lib/client/actions'
import { isUnread } from '@/lib/client/cache/threads'
import { fullTime } from '@/lib/client/dates'
import { useApp, useClock, useMail } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { allows } from '@/lib/model/folder-rules'
import type { MessageSummary } from '@/lib/model/message'

/** What can be done to the row under the pointer, over the place where its time stands, and that time in full. */
export function RowActions({ row, targets: own }: { row: MessageSummary; targets: Targets }) {
  const app = useApp()
  const targets = wholeOf(app, own)
  const { list } = useWords()
  const clock = useClock()
  const button = { size: 's', tabIndex: -1 } as const
  const read = !isUnread(row)
  const rights = useMail((state) => state.mailboxes.find(({ id }) => id === targets.folder)?.rights ?? null)
  const may = (wanted: string) => allows({ rights }, wanted)
  const forGood = ['trash', 'junk', 'drafts'].includes(targets.folder)
  return (
    <div
      role="gridcell"
      onClick={(event) => event.stopPropagation()}
      // What lies between the buttons is the row: a click there opens it.
      className="pointer-events-none absolute end-2 top-1.5 z-20 flex rounded-s bg-sunken group-aria-selected:bg-accent-soft [&>button]:pointer-events-auto"
    >
      <time
        dateTime={row.date}
        className="self-center px-2 text-[12.5px] max-split:hidden whitespace-nowrap text-ink-2 tabular-nums"
      >
        {fullTime(row.date, clock)}
      </time>
      {!['archive', 'drafts'].includes(targets.folder) && may('te') && (
        <IconButton
          {...button}
          label={list.archive}
          keys="e"
          icon={<Archive />}
          onClick={() => void move(app, targets, 'archive', list.archived(targets.ids.length))}
        />
      )}
      {!forGood && may('te') && (
        <IconButton
          {...button}
          label={list.delete}
          keys="#"
          icon={<Trash2 />}
          onClick={() => void move(app, targets, 'trash', list.deleted(targets.ids.length))}
        />
      )}
      {may('s') && (
        <IconButton
          {...button}
          label={read ? list.markUnread : list.markRead}
          icon={read ? <Mail /> : <MailOpen />}
          onClick={() =>
            void mark(
              app,
              targets,
              'seen',
              !read,
              read ? list.markedUnread(targets.ids.length) : list.markedRead(targets.ids.length),
            )
          }
        />
      )}
    </div>
  )
}
