import type { Address } from '@/lib/model/address'
import type { Draft } from '@/lib/model/draft'
import type { Attachment, MessageDetail } from '@/lib/model/message'
import type { MessageId } from '@/lib/model/message-id'
import { signal } from '@/lib/client/signal'
import type { Selected } from './answer/selection'
import type { Coming } from './files/files'

// Which messages are being written. Light on purpose: every page holds this, the windows load when one opens.

export interface Place {
  account: number
  folder: string
  message: MessageId
}

/** What a composer starts from. */
export type Start =
  | {
      kind: 'new'
      to?: Address[]
      cc?: Address[]
      bcc?: Address[]
      subject?: string
      text?: string
      /** Files of a message that go along. */
      bring?: { at: Place; files: readonly Attachment[] }
    }
  | {
      kind: 'reply' | 'reply-all' | 'forward'
      at: Place
      original: MessageDetail
      /** What is quoted, where that is not all. */
      selection?: Selected | null
    }
  /** `opened`: what lies there, where that was asked for already. */
  | { kind: 'draft'; at: Place; opened?: Draft }
  /** A message of any folder as the beginning of a new one. */
  | { kind: 'copy'; at: Place }
  /** A message given back whole: an undone send, a discarded draft, one found in the browser. */
  | {
      kind: 'again'
      draft: Draft
      account: number
      /** Its letter, in the browser's copy. */
      left?: string
      /** What was still going up. */
      unfinished?: readonly Coming[]
    }

/** `page`: not a window, but the page of its own at /compose. */
export type Layout = 'docked' | 'minimised' | 'full' | 'page'

export interface OpenLetter {
  id: string
  start: Start
  layout: Layout
}

export const desk = signal<readonly OpenLetter[]>([])

const windowWidth = 672
const narrow = 900

/** Opens a composer, or brings forward the one that writes this draft already. */
export function compose(start: Start, layout: Layout = 'docked'): string {
  const open = desk.get().find((one) => isSameDraft(one, start))
  if (open) {
    arrange(open.id, open.layout === 'minimised' ? 'docked' : open.layout)
    return open.id
  }
  const id = crypto.randomUUID?.() ?? `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`
  desk.set((letters) => makeRoom([...letters, { id, start, layout }], id))
  return id
}

const written = new Map<string, () => Place | null>()

/** Which draft an open letter is by now: every save files another. */
export const writes = (id: string, now: () => Place | null): void => void written.set(id, now)

const draftOf = ({ id, start }: OpenLetter): Place | null =>
  written.get(id)?.() ?? (start.kind === 'draft' ? start.at : null)

function isSameDraft(one: OpenLetter, start: Start): boolean {
  const open = draftOf(one)
  if (start.kind !== 'draft' || !open) return false
  const { account, folder, message } = start.at
  return open.account === account && open.folder === folder && open.message === message
}

export const arrange = (id: string, layout: Layout): void =>
  desk.set((letters) =>
    makeRoom(
      letters.map((one) => (one.id === id ? { ...one, layout } : one)),
      id,
    ),
  )

export const putAway = (id: string): void => {
  written.delete(id)
  desk.set((letters) => letters.filter((one) => one.id !== id))
}

/** What does not fit beside the one in use is minimised, the oldest first; on a phone there is room for one. */
function makeRoom(letters: readonly OpenLetter[], inUse: string): readonly OpenLetter[] {
  const width = typeof window === 'undefined' ? 1440 : window.innerWidth
  let room = width < narrow ? 1 : Math.max(1, Math.floor((width - 28) / windowWidth))
  const staying = new Set<string>()
  const byUse = [...letters].sort((a, b) => Number(b.id === inUse) - Number(a.id === inUse))
  for (const one of [byUse[0], ...byUse.slice(1).reverse()])
    if (one && takesRoom(one) && room > 0) {
      staying.add(one.id)
      room--
    }
  return letters.map((one) =>
    !takesRoom(one) || staying.has(one.id) ? one : { ...one, layout: 'minimised' },
  )
}

const takesRoom = ({ layout }: OpenLetter): boolean => layout !== 'minimised' && layout !== 'page'
