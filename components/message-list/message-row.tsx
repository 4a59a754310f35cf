'use client'
import { Check, Forward, Paperclip, Reply, Star } from 'lucide-react'
import { memo } from 'react'
import type { DragEvent, MouseEvent, ReactNode } from 'react'
import { shownSize } from '@/components/message-view/format'
import { cx } from '@/components/ui/cx'
import type { Clock } from '@/lib/client/clock'
import { isUnread } from '@/lib/client/cache/threads'
import { shortTime } from '@/lib/client/dates'
import { useWords } from '@/lib/i18n/react'
import type { Words } from '@/lib/i18n'
import { shownName } from '@/lib/model/address'
import type { Address } from '@/lib/model/address'
import type { MessageSummary } from '@/lib/model/message'
import { chipsHeight, rowHeights } from './geometry'
import type { Density } from './geometry'
import { Marked } from './marked'
import { RowLabels } from './row-labels'
import { hasChips } from './rows'

export interface RowProps {
  row: MessageSummary
  index: number
  href: string
  density: Density
  clock: Clock
  /** Own address, shown as "me". */
  me: string
  /** Folders of one's own mail show whom it went to. */
  shows: 'senders' | 'recipients'
  state: 'plain' | 'open' | 'selected'
  cursor: 'here' | 'elsewhere'
  /** A finger moves it, and something lies under it. */
  moved: 'aside' | 'no'
  onClick: (event: MouseEvent, row: MessageSummary) => void
  /** Absent where rows cannot be selected. */
  onTick: ((event: MouseEvent, row: MessageSummary) => void) | undefined
  onStar: (row: MessageSummary) => void
  onDragStart: (event: DragEvent, row: MessageSummary) => void
  /** Its folder, in a list of hits from many. */
  where: string | undefined
  /** Words looked for, to be marked. */
  terms: readonly string[] | undefined
  /** Its size beside its time, in a list ordered by it. */
  tells: 'time' | 'size'
  /** The hover actions, while the pointer is here. */
  actions: ReactNode
}

const people = (list: readonly Address[], me: string, words: Words): string => {
  const names = list.slice(0, 4).map((who) => {
    if (who.address.toLowerCase() === me) return words.list.me
    const name = shownName(who)
    return list.length > 1 && who.name ? (name.split(/\s+/)[0] ?? name) : name
  })
  return names.filter(Boolean).join(words.list.comma)
}

const nameLine = ({ row, shows, me }: RowProps, words: Words): string =>
  shows === 'recipients'
    ? words.list.to(people(row.to, me, words) || words.list.noRecipients)
    : people(row.thread?.senders ?? row.from, me, words) || words.list.noSender

function Marks({ row, onStar, actions }: RowProps) {
  const words = useWords()
  const { flagged, answered, forwarded } = row.flags
  return (
    <span className="flex shrink-0 items-center gap-1.5 text-ink-3 empty:hidden [&_.lucide]:size-3.5">
      {answered && <Reply aria-label={words.list.answered} role="img" />}
      {forwarded && <Forward aria-label={words.list.forwarded} role="img" />}
      {row.attachments.length > 0 && (
        <Paperclip aria-label={words.list.attachments(row.attachments.length)} role="img" />
      )}
      {(flagged || actions) && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={flagged ? words.list.unstar : words.list.star}
          aria-pressed={flagged}
          data-tip={flagged ? words.list.unstar : words.list.star}
          data-keys="s"
          onClick={(event) => {
            event.stopPropagation()
            onStar(row)
          }}
          className="relative z-10 -m-1 grid place-items-center rounded-xs p-1 hover:text-ink"
        >
          <Star className={flagged ? 'fill-horn text-horn' : ''} />
        </button>
      )}
    </span>
  )
}

/** The dot of an unread message; the tick box takes its place where the pointer is or a selection has begun. */
function Tick({ row, state, onTick }: RowProps) {
  const ticked = state === 'selected'
  return (
    <div role="gridcell" className="relative h-5 self-start">
      {isUnread(row) && (
        <span
          aria-hidden="true"
          data-unread=""
          className={cx(
            'absolute top-1.5 left-1/2 size-2 -translate-x-1/2 rounded-full bg-accent in-data-selecting:opacity-0',
            onTick && 'group-hover:opacity-0',
            ticked && 'opacity-0',
          )}
        />
      )}
      {onTick && <TickBox row={row} ticked={ticked} onTick={onTick} />}
    </div>
  )
}

interface TickBoxProps {
  row: MessageSummary
  ticked: boolean
  onTick: NonNullable<RowProps['onTick']>
}

function TickBox({ row, ticked, onTick }: TickBoxProps) {
  const words = useWords()
  return (
    <button
      type="button"
      role="checkbox"
      tabIndex={-1}
      aria-checked={ticked}
      aria-label={words.list.select(row.subject || words.list.noSubject)}
      onClick={(event) => onTick(event, row)}
      className={cx(
        'absolute -top-2 left-1/2 z-10 grid size-9 -translate-x-1/2 place-items-center',
        'opacity-0 group-hover:opacity-100 focus-visible:opacity-100 in-data-selecting:opacity-100',
      )}
    >
      <span
        className={cx(
          'grid size-4 place-items-center rounded-xs border',
          ticked ? 'border-accent bg-accent text-accent-ink' : 'border-ink-3 bg-surface',
        )}
      >
        {ticked && <Check className="size-3 stroke-3" />}
      </span>
    </button>
  )
}

function Chips({ row }: { row: MessageSummary }) {
  const words = useWords()
  const shown = row.attachments.slice(0, 2)
  const more = row.attachments.length - shown.length
  const chip = 'truncate rounded-s border bg-surface px-2 py-0.5 text-xs text-ink-2'
  return (
    <div style={{ height: chipsHeight }} className="flex min-w-0 gap-1.5 pt-1.5 pb-0.5">
      {shown.map(({ name }, index) => (
        <span key={`${name}${index}`} className={chip}>
          {name}
        </span>
      ))}
      {more > 0 && <span className={cx(chip, 'shrink-0')}>{words.list.more(more)}</span>}
    </div>
  )
}

const line = 'flex min-w-0 items-center gap-2'

function Who(props: RowProps) {
  const { flags, thread } = props.row
  const words = useWords()
  const unread = isUnread(props.row)
  return (
    <span className="flex min-w-0 grow gap-1.5">
      <span dir="auto" className={cx('min-w-0 truncate', unread && 'font-semibold')}>
        {unread && <span className="sr-only">{words.list.unread} </span>}
        {flags.draft && <span className="text-bad">{words.list.draft} </span>}
        <Marked text={nameLine(props, words)} terms={props.terms} />
      </span>
      {thread && thread.count > 1 && (
        <span
          aria-label={words.list.messagesIn(thread.count)}
          role="img"
          className="shrink-0 text-xs leading-5 text-ink-3 tabular-nums"
        >
          {thread.count}
        </span>
      )}
    </span>
  )
}

function Time({ row, clock, tells, actions }: RowProps) {
  // Two ICU versions may spell one time differently; that is no reason to redraw.
  return (
    <span
      className={cx(
        'relative flex shrink-0 gap-2 text-xs leading-5 text-ink-3 tabular-nums',
        // Under the actions, which need not be as wide as it is.
        actions ? 'invisible' : '',
      )}
    >
      {tells === 'size' && (
        <span className="font-medium text-ink-2">{shownSize(row.size, clock.locale)}</span>
      )}
      <time dateTime={row.date} suppressHydrationWarning>
        {shortTime(row.date, clock)}
      </time>
    </span>
  )
}

function Subject({ row, href, terms, className }: RowProps & { className: string }) {
  const words = useWords()
  return (
    <a
      href={href}
      tabIndex={-1}
      dir="auto"
      draggable={false}
      className={cx(
        'truncate outline-none after:absolute after:inset-0',
        isUnread(row) && 'font-semibold',
        className,
      )}
    >
      <Marked text={row.subject || words.list.noSubject} terms={terms} />
    </a>
  )
}

function Preview({ row, terms, className }: Pick<RowProps, 'row' | 'terms'> & { className: string }) {
  return (
    <span dir="auto" className={cx('min-w-0 truncate text-ink-3', className)}>
      <Marked text={row.preview} terms={terms} />
    </span>
  )
}

/** The folder a hit lies in. */
function Where({ name }: { name: string }) {
  return (
    <span
      dir="auto"
      className="max-w-32 shrink-0 truncate rounded-xs bg-hover px-1.5 text-xs leading-[18px] text-ink-2"
    >
      {name}
    </span>
  )
}

/** Three lines, two or one: the density. */
function Content(props: RowProps) {
  const { row, density, where, terms } = props
  if (density === 'compact')
    return (
      <div role="gridcell" className="flex h-[37px] min-w-0 items-center gap-3">
        <span className="flex w-[28%] min-w-20 shrink-0">
          <Who {...props} />
        </span>
        <Subject {...props} className="min-w-0 grow" />
        <RowLabels keywords={row.flags.keywords} />
        {where && <Where name={where} />}
        <Marks {...props} />
        <Time {...props} />
      </div>
    )
  return (
    <div role="gridcell" className="min-w-0 pt-2.5">
      <div className={cx(line, 'h-5')}>
        <Who {...props} />
        <Time {...props} />
      </div>
      <div className={cx(line, 'h-5')}>
        <Subject {...props} className={density === 'cosy' ? 'max-w-[70%] shrink-0' : 'min-w-0 grow'} />
        {density === 'cosy' && <Preview row={row} terms={terms} className="grow" />}
        <RowLabels keywords={row.flags.keywords} />
        {where && <Where name={where} />}
        <Marks {...props} />
      </div>
      {density === 'comfortable' && (
        <Preview row={row} terms={terms} className="block text-sm leading-[19px]" />
      )}
      {hasChips(row, density) && <Chips row={row} />}
    </div>
  )
}

export const MessageRow = memo(function MessageRow(props: RowProps) {
  const { row, index, density, state, cursor, moved, actions, onClick, onDragStart } = props
  return (
    <div
      id={`row-${row.id}`}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={state !== 'plain'}
      data-id={row.id}
      style={{ height: rowHeights[density] + (hasChips(row, density) ? chipsHeight : 0) }}
      draggable
      onDragStart={(event) => onDragStart(event, row)}
      onClick={(event) => onClick(event, row)}
      className={cx(
        'group relative grid touch-pan-y grid-cols-[20px_minmax(0,1fr)] gap-x-1 border-b ps-2 pe-3.5 select-none',
        '[&>:first-child]:mt-2.5',
        state !== 'plain' ? 'bg-accent-soft' : moved === 'aside' ? 'bg-surface' : 'hover:bg-sunken',
        state === 'open' && 'before:absolute before:inset-y-0 before:start-0 before:w-[3px] before:bg-accent',
        cursor === 'here' &&
          'in-focus-visible:outline-2 in-focus-visible:-outline-offset-2 in-focus-visible:outline-accent',
      )}
    >
      <Tick {...props} />
      <Content {...props} />
      {actions}
    </div>
  )
})

/** A row that has not been loaded yet: the same place, no words. */
export function EmptyRow({ index, density }: { index: number; density: Density }) {
  const words = useWords()
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-busy="true"
      style={{ height: rowHeights[density] }}
      className="border-b ps-8 pe-3.5 pt-3"
    >
      <div role="gridcell" className="grid animate-late gap-2" aria-label={words.list.loading}>
        <div className="h-3 w-2/5 rounded-xs bg-hover" />
        {density !== 'compact' && <div className="h-3 w-4/5 rounded-xs bg-hover" />}
        {density === 'comfortable' && <div className="h-3 w-3/5 rounded-xs bg-hover" />}
      </div>
    </div>
  )
}
