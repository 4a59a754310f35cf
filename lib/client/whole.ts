import type { BulkAction } from '@/lib/model/bulk'
import type { App } from './app'
import { listingOf } from './cache/mail'

// "All N that match": the selection means more than the rows that are loaded.

/** The selection means everything this view of the folder holds, until it is changed. */
export const isWhole = (app: App): boolean => {
  const { selected, whole } = app.ui.get()
  return selected.size > 0 && selected === whole
}

export const selectWhole = (app: App): void => app.ui.set((ui) => ({ ...ui, whole: ui.selected }))

/** How many are meant. */
export const wholeCount = (app: App): number => {
  const place = app.place()
  return (place && listingOf(app.mail.get(), place)?.order.length) ?? 0
}

/** Asked first: none of these can be taken back from here. */
export const askBulk = (app: App, action: BulkAction): void =>
  app.ui.set((ui) => ({ ...ui, overlay: 'bulk', bulk: action }))
