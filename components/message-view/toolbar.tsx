'use client'
import { useSyncExternalStore } from 'react'
import { Toolbar } from 'radix-ui'
import { ArrowLeft, ChevronLeft, ChevronRight } from 'lucide-react'
import { Icon } from '@/components/ui/icon'
import { IconButton } from '@/components/ui/icon-button'
import { useRegistered } from '@/lib/client/commands/react'
import { commands, isOffered, type Command } from '@/lib/client/commands/registry'
import { foundOf, hitKey } from '@/lib/client/cache/found'
import { listingOf } from '@/lib/client/cache/mail'
import type { MessageAt } from '@/lib/client/cache/state'
import { useApp, useMail, usePreferences, useSearch, useUi } from '@/lib/client/react'
import { useDirection, useNumber, useWords } from '@/lib/i18n/react'
import { readerCommands } from './commands'
import { MoreMenu } from './more-menu'

const none: readonly Command[] = []
export const useCommands = () => useSyncExternalStore(commands.subscribe, commands.all, () => none)

/** What can be done with the open message, in groups; which of a pair is offered depends on the message. */
const groups = [
  ['archive', 'delete', 'junk'],
  ['mark-unread', 'mark-read', 'move', 'label'],
]

export function MessageToolbar({ at }: { at: MessageAt }) {
  const words = useWords()
  const app = useApp()
  const search = useSearch()
  const { layout } = usePreferences()
  const direction = useDirection()
  useRegistered(readerCommands)
  const back = () => (search ? app.go({ ...at, message: null, search }) : app.go({ ...at, message: null }))
  return (
    <div className="flex h-(--bar) flex-none items-center gap-px border-b border-line px-3.5 max-sm:px-2 print:hidden">
      <IconButton
        label={words.reader.back}
        icon={<ArrowLeft />}
        className={layout === 'off' ? 'me-1' : 'me-1 split:hidden'}
        onClick={back}
      />
      <Toolbar.Root
        dir={direction}
        aria-label={words.reader.actions}
        className="flex min-w-0 items-center gap-px"
      >
        {groups.map((ids, index) => (
          <Group key={index} ids={ids} at={at} isFirst={index === 0} />
        ))}
        <MoreMenu at={at} />
      </Toolbar.Root>
      <Position at={at} />
    </div>
  )
}

function Group({ ids, at, isFirst }: { ids: string[]; at: MessageAt; isFirst: boolean }) {
  const app = useApp()
  const words = useWords()
  const all = useCommands()
  // What is offered depends on the flags and on what is selected: both redraw the bar.
  useMail((state) => state.details.get(`${at.account}/${at.folder}/${at.message}`)?.flags)
  useMail((state) => listingOf(state, at)?.rows.get(at.message)?.flags)
  useUi((ui) => ui.selected)
  useUi((ui) => ui.unread)
  const offered = ids.flatMap((id) => all.find((one) => one.id === id && isOffered(one, app)) ?? [])
  if (offered.length === 0) return null
  return (
    <>
      {!isFirst && <Toolbar.Separator className="mx-[7px] h-[18px] w-px bg-line" />}
      {offered.map((command) => (
        <Toolbar.Button asChild key={command.id}>
          <IconButton
            label={command.label(words, app)}
            keys={command.keys[0]}
            icon={command.icon && <Icon name={command.icon} />}
            onClick={() => void command.run(app)}
          />
        </Toolbar.Button>
      ))}
    </>
  )
}

function Position({ at }: { at: MessageAt }) {
  const number = useNumber()
  const words = useWords()
  const app = useApp()
  const all = useCommands()
  const search = useSearch()
  const order = useMail((state) => (search ? foundOf(state, search)?.listing : listingOf(state, at))?.order)
  const index = order?.indexOf(search ? hitKey(at.folder, at.message) : at.message) ?? -1
  const total = order?.length ?? 0
  const run = (id: string) => void all.find((one) => one.id === id)?.run(app)
  return (
    <div className="ms-auto flex items-center gap-0.5 ps-2 max-sm:hidden text-[12.5px] whitespace-nowrap text-ink-3 tabular-nums">
      {index >= 0 && <span className="me-1">{words.reader.position(number(index + 1), number(total))}</span>}
      <IconButton
        label={words.list.previous}
        keys="k"
        icon={<ChevronLeft />}
        disabled={index <= 0}
        onClick={() => run('previous')}
      />
      <IconButton
        label={words.list.next}
        keys="j"
        icon={<ChevronRight />}
        disabled={index < 0 || index >= total - 1}
        onClick={() => run('next')}
      />
    </div>
  )
}
