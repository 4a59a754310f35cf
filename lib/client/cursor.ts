import type { MessageId } from '@/lib/model/message-id'
import type { FolderId } from '@/lib/model/folder-id'
import { cursorAt } from './app'
import type { App } from './app'
import { foundOf, hitAt } from './cache/found'
import { listingOf, page } from './cache/mail'
import { headOf } from './cache/threads'

/** From this width on, list and message stand side by side, and moving along the list opens messages. */
export const splitQuery = '(min-width: 900px)'

export const isSplit = (): boolean => typeof window !== 'undefined' && window.matchMedia(splitQuery).matches

const orderOf = (app: App): readonly (MessageId | undefined)[] => {
  const search = app.search()
  if (search) return foundOf(app.mail.get(), search)?.listing.order ?? []
  const place = app.place()
  return (place && listingOf(app.mail.get(), place)?.order) ?? []
}

const indexOf = (app: App): number => {
  const place = app.place()
  const here = app.ui.get().cursor ?? (place && cursorAt(place))
  // A message of a conversation is found where its row is.
  const row = here && place && !app.search() ? headOf(listingOf(app.mail.get(), place), here) : here
  return row ? orderOf(app).indexOf(row) : -1
}

export interface InLine {
  folder: FolderId
  message: MessageId
}

/** What the list in front of the person holds, in its order: of one folder, or hits of several. */
export const lineOf = (app: App): readonly (InLine | undefined)[] => {
  const folder = app.place()?.folder
  if (app.search()) return orderOf(app).map((key) => (key === undefined ? undefined : hitAt(key)))
  return folder ? orderOf(app).map((id) => (id === undefined ? id : { folder, message: id })) : []
}

export const openAt = (app: App, { folder, message }: InLine, how?: 'push' | 'replace'): void => {
  const search = app.search()
  const account = app.place()?.account ?? app.person.account
  app.go({ account, folder, message, ...(search ? { search } : {}) }, how)
}

const ensure = (app: App, from: number, to: number): Promise<void> => {
  const search = app.search()
  const place = app.place()
  if (search) return app.mail.ensureHits({ account: app.person.account, ...search }, from, to)
  return place ? app.mail.ensureRows(place, from, to) : Promise.resolve()
}

/** The next or previous message: opened where a message is or can be open, else only pointed at. */
export const goToNeighbour = async (app: App, step: 1 | -1): Promise<void> => {
  const index = indexOf(app) + step
  if (index < 0 || index >= orderOf(app).length) return
  if (orderOf(app)[index] === undefined) await ensure(app, index - 2, index + page)
  const key = orderOf(app)[index]
  const next = lineOf(app)[index]
  if (!key || !next) return
  const reading = app.place()?.message != null
  if (reading || (isSplit() && app.preferences.get().layout !== 'off'))
    openAt(app, next, reading ? 'replace' : 'push')
  else app.ui.set((ui) => ({ ...ui, cursor: key, anchor: null }))
}

export const openCursor = (app: App): void => {
  const one = lineOf(app)[indexOf(app)]
  if (one) openAt(app, one)
}

/** Ticks or unticks one row; the next range begins here. */
export const toggle = (app: App, id: MessageId): void =>
  app.ui.set((ui) => {
    const selected = new Set(ui.selected)
    if (!selected.delete(id)) selected.add(id)
    return { ...ui, selected, cursor: id, anchor: id }
  })

/** Selects from the anchor to `id`, both included; rows between that are not loaded yet are left out. */
export const selectTo = (app: App, id: MessageId): void => {
  const order = orderOf(app)
  const start = app.ui.get().anchor ?? app.ui.get().cursor ?? id
  const [a, b] = [order.indexOf(start), order.indexOf(id)].sort((x, y) => x - y)
  if (a === undefined || b === undefined || a < 0) return toggle(app, id)
  const range = order.slice(a, b + 1).filter((one) => one !== undefined)
  app.ui.set((ui) => ({ ...ui, selected: new Set(range), cursor: id, anchor: start }))
}

/** Shift with an arrow: the range grows or shrinks by one row. */
export const extend = (app: App, step: 1 | -1): void => {
  const order = orderOf(app)
  const next = order[indexOf(app) + step] ?? order[indexOf(app)]
  if (next) selectTo(app, next)
}

/** Every row there was to see is selected, so that the next wish is the rest: rows that came since were meant as well. */
export const allLoadedSelected = (app: App): boolean => {
  const { selected, all } = app.ui.get()
  if (selected === all) return true
  return orderOf(app).every((id) => id === undefined || selected.has(id))
}

export const selectAll = (app: App): void => {
  const loaded = orderOf(app).filter((id) => id !== undefined)
  const selected = new Set(loaded)
  app.ui.set((ui) => ({ ...ui, selected, all: selected, anchor: null }))
}
