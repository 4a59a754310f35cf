import type { MessageId } from '@/lib/model/message'
import type { App } from './app'
import { listingOf, page } from './cache/mail'

/** From this width on, list and message stand side by side, and moving along the list opens messages. */
export const splitQuery = '(min-width: 900px)'

export const isSplit = (): boolean => typeof window !== 'undefined' && window.matchMedia(splitQuery).matches

const orderOf = (app: App): readonly (MessageId | undefined)[] => {
  const place = app.place()
  return (place && listingOf(app.mail.get(), place)?.order) ?? []
}

const indexOf = (app: App): number => {
  const here = app.ui.get().cursor ?? app.place()?.message
  return here ? orderOf(app).indexOf(here) : -1
}

/** The next or previous message: opened where a message is or can be open, else only pointed at. */
export const goToNeighbour = async (app: App, step: 1 | -1): Promise<void> => {
  const place = app.place()
  if (!place) return
  const index = indexOf(app) + step
  const total = orderOf(app).length
  if (index < 0 || index >= total) return
  if (orderOf(app)[index] === undefined) await app.mail.ensureRows(place, index - 2, index + page)
  const next = orderOf(app)[index]
  if (!next) return
  if (place.message || isSplit()) app.go({ ...place, message: next }, place.message ? 'replace' : 'push')
  else app.ui.set((ui) => ({ ...ui, cursor: next, anchor: null }))
}

export const openCursor = (app: App): void => {
  const place = app.place()
  const { cursor } = app.ui.get()
  if (place && cursor) app.go({ ...place, message: cursor })
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

export const selectAll = (app: App): void => {
  const loaded = orderOf(app).filter((id) => id !== undefined)
  app.ui.set((ui) => ({ ...ui, selected: new Set(loaded), anchor: null }))
}
