'use client'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Avatar } from '@/components/ui/avatar'
import { folderName } from '@/lib/client/actions'
import { call } from '@/lib/client/api'
import { listingOf } from '@/lib/client/cache/mail'
import { messageKey, type MessageAt } from '@/lib/client/cache/state'
import { rowFor } from '@/lib/client/cache/threads'
import { useApp, useMail, useMessage, usePreferences, useSearch } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { shownName } from '@/lib/model/address'
import type { ConversationItem, MessageDetail } from '@/lib/model/message'
import { usualView } from '@/lib/model/view'
import { shownWhen } from './format'
import { useStage } from './stage'
import { When } from './when'

// The other messages of the conversation that is open, above and below it in order of time. They are folded until
// they are wanted; those that were not read yet are open.

const known = new Map<string, readonly ConversationItem[]>()
const mostKnown = 100

const remember = (key: string, items: readonly ConversationItem[]) => {
  known.delete(key)
  known.set(key, items)
  const oldest = known.keys().next().value
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
}

/** Null where messages stand alone. Asked for again when the list says that the conversation has grown. */
const useConversation = (at: MessageAt): readonly ConversationItem[] | null => {
  const stage = useStage()
  const { views } = usePreferences()
  const search = useSearch()
  const { account, folder, message } = at
  const wished = (views[folder] ?? usualView).grouping === 'conversations' && !search
  const grouped = wished && stage === 'shown'
  const size = useMail((state) => rowFor(listingOf(state, at)?.rows, message)?.thread?.count ?? 0)
  const key = messageKey({ account, folder, message })
  const [items, setItems] = useState({ key, items: known.get(key) ?? null })
  useEffect(() => {
    if (!grouped || size === 1) return
    let current = true
    call('openConversation', { account, folder, message })
      .then(({ messages }) => {
        remember(key, messages)
        if (current) setItems({ key, items: messages })
      })
      // The message itself is on screen; what fails here is shown by its absence only.
      .catch(() => undefined)
    return () => {
      current = false
    }
  }, [grouped, size, key, account, folder, message])
  if (!grouped) return null
  return items.key === key && items.items ? items.items : (known.get(key) ?? null)
}

/** Does it stand alone, as far as is known, or will others be put around it when it is shown? */
export const useStandsAlone = (at: MessageAt): boolean => {
  const stage = useStage()
  const { views } = usePreferences()
  const search = useSearch()
  const isGathered = (views[at.folder] ?? usualView).grouping === 'conversations' && !search
  return stage === 'shown' || !isGathered || (known.get(messageKey(at))?.length ?? 0) < 2
}

const card = 'rounded-l border border-line bg-raised'

interface FoldedProps {
  item: ConversationItem
  onOpen: () => void
}

function Folded({ item: { folder, row }, onOpen }: FoldedProps) {
  const words = useWords()
  const { person } = useApp()
  const mailboxes = useMail((state) => state.mailboxes)
  const sender = row.from[0] ?? { name: '', address: '' }
  const own = sender.address.toLowerCase() === person.address.toLowerCase()
  const name = own ? words.reader.me : shownName(sender) || words.reader.noSender
  const mailbox = mailboxes.find(({ id }) => id === folder)
  return (
    <button
      type="button"
      aria-expanded={false}
      onClick={onOpen}
      className={`${card} grid w-full grid-cols-[36px_minmax(0,1fr)_auto] items-center gap-x-[11px] px-4 py-[13px] text-start hover:bg-sunken`}
    >
      <Avatar name={shownName(sender) || name} seed={sender.address} size="l" />
      <span className="min-w-0">
        <span dir="auto" className="block truncate font-semibold">
          {name}
        </span>
        <span dir="auto" className="block truncate text-[12.5px] text-ink-3">
          {row.preview || row.subject}
        </span>
      </span>
      <span className="flex items-center gap-2 self-start pt-[3px] text-[12.5px] text-ink-3 tabular-nums">
        {mailbox && folder !== 'sent' && folder !== 'inbox' && <span>{folderName(words, mailbox)}</span>}
        <When iso={row.date} className="whitespace-nowrap" />
      </span>
    </button>
  )
}

type Draw = (at: MessageAt, detail: MessageDetail, title: string) => ReactNode

function Unfolded({ item, account, draw }: { item: ConversationItem; account: number; draw: Draw }) {
  const words = useWords()
  const at = { account, folder: item.folder, message: item.row.id }
  const opened = useMessage(at)
  const sender = shownName(item.row.from[0] ?? { name: '', address: '' })
  const title = words.reader.bodyOf(sender, shownWhen(item.row.date, new Date()))
  if (opened.state !== 'ready') return <div aria-busy="true" className={`${card} h-[66px]`} />
  return draw(at, opened.detail, title)
}

export interface StackProps {
  at: MessageAt
  /** Draws one message in full. */
  draw: Draw
  children: ReactNode
}

/** Whatever belongs to the open message, around it; one that is only prepared stands alone. */
export function Stack({ at, draw, children }: StackProps) {
  const items = useConversation(at)
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const all = items ?? []
  const here = all.findIndex(({ folder, row }) => folder === at.folder && row.id === at.message)
  const others =
    here < 0 ? { above: [], below: [] } : { above: all.slice(0, here), below: all.slice(here + 1) }
  const one = (item: ConversationItem) => {
    const key = `${item.folder}/${item.row.id}`
    const isOpen = opened.has(key) || !item.row.flags.seen
    return isOpen ? (
      <Unfolded key={key} item={item} account={at.account} draw={draw} />
    ) : (
      <Folded key={key} item={item} onOpen={() => setOpened((now) => new Set([...now, key]))} />
    )
  }
  // The open message keeps its place among the children: its frame would load again in another.
  return (
    <div className="grid gap-2.5">
      {others.above.map(one)}
      {children}
      {others.below.map(one)}
    </div>
  )
}
