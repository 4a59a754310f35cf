import type { FlagName, Flags } from '@/lib/model/flags'
import type { Mailbox } from '@/lib/model/mailbox'
import type { FolderId } from '@/lib/model/folder-id'
import type { MessageSummary } from '@/lib/model/message'
import type { MessageId } from '@/lib/model/message-id'
import type { Words } from '@/lib/i18n'
import type { App } from './app'
import { answerOf, call, codeOf, wordsOf } from './api'
import { listingOf } from './cache/mail'
import type { Listing } from './cache/listing'
import { leaving, messageKey } from './cache/state'
import { memberFlags, membersOf } from './cache/threads'
import type { Change, Folder, MailState, MessageAt } from './cache/state'
import { hitOf } from './cache/found'
import { askBulk, isWhole } from './whole'
import { lineOf, openAt } from './cursor'
import { inTurn } from './in-turn'
import { sayRead, staysUnread } from './reading'

/** What an action is about: messages of one folder. */
export interface Targets extends Folder {
  ids: readonly MessageId[]
  /** Everything the view holds, of which `ids` are those that are loaded. */
  reach?: 'whole'
}

/** A row of conversations stands for all messages of its thread in this folder; a hit for itself alone. */
export const wholeOf = (app: App, targets: Targets): Targets => {
  if (app.search() !== null) return targets
  const { ids, ...at } = targets
  const rows = listingOf(app.mail.get(), at)?.rows
  const all = ids.flatMap((id) => (rows?.has(id) ? membersOf(rows.get(id)) : [id]))
  return { ...at, ids: [...new Set(all)] }
}

/** The selection if there is one, else the open message, else the row under the cursor; with their conversations. */
export const targetsOf = (app: App): Targets | null => {
  const targets = pointedAt(app)
  return targets && wholeOf(app, targets)
}

/** The same, but of each conversation only the message that stands for it. */
export const pointedAt = (app: App): Targets | null => {
  const place = app.place()
  if (!place) return null
  const { selected, cursor } = app.ui.get()
  const one = place.message ?? cursor
  const ids = selected.size > 0 ? [...selected] : one ? [one] : []
  const whole = isWhole(app) ? ({ reach: 'whole' } as const) : {}
  return ids.length > 0 ? { account: place.account, folder: place.folder, ids, ...whole } : null
}

export const flagsOf = (state: MailState, at: Folder, id: MessageId): Flags | undefined =>
  listingOf(state, at)?.rows.get(id)?.flags ??
  state.details.get(messageKey({ ...at, message: id }))?.flags ??
  memberFlags(listingOf(state, at)?.rows, id) ??
  hitOf(state.searches, at.folder, id)?.flags

export const folderName = (words: Words, mailbox: Pick<Mailbox, 'role' | 'name'>): string =>
  mailbox.role ? words.shell.roles[mailbox.role] : mailbox.name

export const nameOf = (app: App, folder: FolderId): string => {
  const mailbox = app.mail.get().mailboxes.find(({ id }) => id === folder)
  if (mailbox) return folderName(app.words(), mailbox)
  return app.words().shell.roles[folder as keyof Words['shell']['roles']] ?? folder
}

/** Says that something was taken back, and why; the session's end has its own banner. */
export const tellProblem = (app: App, what: string, problem: unknown): void => {
  const code = codeOf(problem)
  if (code === 'signed-out') return app.mail.apply({ type: 'signed-out' })
  app.notify({ tone: 'bad', text: problemText(app, what, problem) })
}

/** What was not done, and why. */
export const problemText = (app: App, what: string, problem: unknown): string => {
  const { title, advice } = wordsOf(app.words(), problem)
  const answer = answerOf(problem)
  return app.words().list.failed(what, answer ? `${title}: ${answer}` : `${title}. ${advice}`)
}

export const setFlag = async (
  app: App,
  { ids, ...at }: Targets,
  flag: FlagName,
  on: boolean,
): Promise<void> => {
  const changed = (state: MailState): Change => ({
    type: 'flags',
    ...at,
    changes: ids.flatMap((id) => {
      const flags = flagsOf(state, at, id)
      return flags ? [{ id, flags: { ...flags, [flag]: on } }] : []
    }),
  })
  await app.mail.act({
    change: changed,
    // Two requests may overtake each other on the way: what was said last of a message is asked last.
    request: () =>
      inTurn(
        ids.map((message) => messageKey({ ...at, message })),
        () => call('setFlags', { ...at, ids: [...ids], flag, on }, { keepalive: true }),
      ),
  })
}

/** It stands on the screen. Not told when it fails: the message simply stays unread. */
export const markOpened = (app: App, { message, ...at }: MessageAt): void => {
  if (staysUnread(app, { ...at, message })) return
  const targets = { ...at, ids: [message] }
  void setFlag(app, targets, 'seen', true).catch(() => sayRead(app, targets, false))
}

/** `setFlag` for a person's click: told when it fails, undoable by `z`. */
export const mark = async (
  app: App,
  targets: Targets,
  flag: FlagName,
  on: boolean,
  text: string,
): Promise<void> => {
  if (targets.reach) return askBulk(app, { kind: 'flag', flag, on })
  if (flag === 'seen') sayRead(app, targets, on)
  const state = app.mail.get()
  const ids = targets.ids.filter((id) => flagsOf(state, targets, id)?.[flag] !== on)
  if (ids.length === 0) return
  const inverse = app.undo.push({ text, undo: () => setFlag(app, { ...targets, ids }, flag, !on) })
  if (ids.length > 1) app.notify({ tone: 'plain', text, undo: inverse })
  try {
    await setFlag(app, { ...targets, ids }, flag, on)
  } catch (problem) {
    app.undo.forget(inverse)
    tellProblem(app, text, problem)
  }
}

interface Placed {
  index: number
  row: MessageSummary
}

const placed = (state: MailState, { ids, ...at }: Targets): Placed[] => {
  const listing = listingOf(state, at)
  if (!listing) return []
  const wanted = new Set(ids)
  return listing.order.flatMap((id, index) => {
    const row = id && wanted.has(id) ? listing.rows.get(id) : undefined
    return row ? [{ index, row }] : []
  })
}

/** Leaves the acted-on messages: out of the selection, and on to the next one when it was open. */
export const stepAside = (app: App, { ids, ...at }: Targets): void => {
  const place = app.place()
  if (!place || place.folder !== at.folder || place.account !== at.account) return
  const leaving = new Set(ids)
  const line = lineOf(app)
  const here = place.message ?? app.ui.get().cursor
  const index = line.findIndex((one) => one?.folder === at.folder && one.message === here)
  const stays = (one: (typeof line)[number]) =>
    one !== undefined && !(one.folder === at.folder && leaving.has(one.message))
  const after = line.slice(index + 1).find(stays)
  const before = line.slice(0, Math.max(0, index)).findLast(stays)
  const { afterwards } = app.preferences.get()
  const next = (afterwards === 'previous' ? (before ?? after) : (after ?? before)) ?? null
  app.ui.set((ui) => ({
    ...ui,
    selected: new Set([...ui.selected].filter((id) => !leaving.has(id))),
    anchor: null,
    cursor: ui.cursor && leaving.has(ui.cursor) ? (next?.message ?? null) : ui.cursor,
  }))
  if (place.message && leaving.has(place.message)) {
    if (next && afterwards !== 'list') openAt(app, next, 'replace')
    else app.go({ ...place, message: null }, 'replace')
  }
}

type Moved = { to: FolderId; moved: { from: MessageId; to: MessageId }[] }

const letterOf = ({ date, size, subject }: MessageSummary): string => [date, size, subject].join('\n')

/** Rows that came since, and are these messages under their new ids: push may be faster than the answer. */
const cameBack = (
  listing: Listing | undefined,
  rows: readonly Placed[],
  before: ReadonlySet<MessageId>,
): MessageId[] => {
  const letters = new Set(rows.map(({ row }) => letterOf(row)))
  const listed = [...(listing?.rows.values() ?? [])]
  return listed.filter((row) => !before.has(row.id) && letters.has(letterOf(row))).map(({ id }) => id)
}

/** Brings messages back from where they were moved; they get new ids there (RFC 9051 section 6.6.2 names them). */
const bringBack = async (app: App, from: Targets, rows: Placed[], first: Promise<Moved>): Promise<void> => {
  const at = { account: from.account, folder: from.folder }
  const before = new Set(listingOf(app.mail.get(), at)?.rows.keys())
  await app.mail.act({
    change: (state) => ({
      type: 'restored',
      ...at,
      rows,
      instead: cameBack(listingOf(state, at), rows, before),
    }),
    request: async () => {
      const { to, moved } = await first
      const back = await call('moveMessages', {
        account: at.account,
        folder: to,
        ids: moved.map((pair) => pair.to),
        to: at.folder,
      })
      const middle = new Map(moved.map((pair) => [pair.to, pair.from]))
      return new Map(back.moved.map((pair) => [middle.get(pair.from) ?? pair.from, pair.to]))
    },
    settle: (ids) => ({
      type: 'restored',
      ...at,
      rows: rows.map(({ index, row }) => ({ index, row: { ...row, id: ids.get(row.id) ?? row.id } })),
      instead: [...ids.values()],
    }),
  })
}

/** Moves messages: shown at once, undoable, taken back with the reason when the server refuses. */
export const move = async (app: App, targets: Targets, to: FolderId, text: string): Promise<void> => {
  if (to === targets.folder) return
  if (targets.reach) return askBulk(app, { kind: 'move', to })
  const { ids, ...at } = targets
  const rows = placed(app.mail.get(), targets)
  stepAside(app, targets)
  const request = app.mail.act({
    change: leaving(targets),
    request: () => call('moveMessages', { ...at, ids: [...ids], to }, { keepalive: ids.length < 200 }),
  })
  const undo = app.undo.push({
    text,
    undo: async () => {
      try {
        await bringBack(app, targets, rows, request)
      } catch (problem) {
        tellProblem(app, app.words().shell.undo, problem)
      }
    },
  })
  app.notify({ tone: 'plain', text, undo })
  try {
    const moved = await request
    app.mail.apply({ type: 'stale', account: at.account, folder: moved.to })
  } catch (problem) {
    app.undo.forget(undo)
    tellProblem(app, text, problem)
  }
}

export const moveTo = (app: App, targets: Targets, to: FolderId): Promise<void> =>
  move(app, targets, to, app.words().list.moved(targets.ids.length, nameOf(app, to)))

/** From Trash, Junk and Drafts a message leaves for good: the caller has asked first. */
export const deleteForGood = async (app: App, targets: Targets): Promise<void> => {
  const { ids, ...at } = targets
  const text = app.words().list.deletedForGood(ids.length)
  stepAside(app, targets)
  try {
    await app.mail.act({
      change: leaving(targets),
      request: () => call('deleteMessages', { ...at, ids: [...ids] }),
    })
    app.notify({ tone: 'plain', text })
  } catch (problem) {
    tellProblem(app, text, problem)
  }
}
