import type { MessageId } from '@/lib/model/message-id'
import type { App } from './app'
import { messageKey } from './cache/state'
import type { Folder, MessageAt } from './cache/state'

// Whether the open message is read. Opening it marks it so, once it stands on the screen.
// Invariant: what the person said of a message while one is open holds until that one is left, also where it was said
// before it was drawn.

/** What was said to be unread since a message was opened. */
export interface Unread {
  open: string
  messages: ReadonlySet<string>
}

export const nothingSaid: Unread = { open: '', messages: new Set() }

const openKey = (app: App): string => {
  const place = app.place()
  return place?.message ? messageKey({ ...place, message: place.message }) : ''
}

/** The person says that these are read, or are not. */
export const sayRead = (
  app: App,
  { ids, ...at }: Folder & { ids: readonly MessageId[] },
  on: boolean,
): void => {
  const open = openKey(app)
  if (open === '') return
  app.ui.set((ui) => {
    const messages = new Set(ui.unread.open === open ? ui.unread.messages : [])
    for (const message of ids) {
      if (on) messages.delete(messageKey({ ...at, message }))
      else messages.add(messageKey({ ...at, message }))
    }
    return { ...ui, unread: { open, messages } }
  })
}

export const staysUnread = (app: App, at: MessageAt): boolean => {
  const { open, messages } = app.ui.get().unread
  return open === openKey(app) && messages.has(messageKey(at))
}

/** The open message counts as read from the start: what is offered for it does not change while it is drawn. */
export const willBeRead = (app: App, { account, folder }: Folder, message: MessageId): boolean => {
  const at = { account, folder, message }
  return openKey(app) === messageKey(at) && !staysUnread(app, at)
}

/** It is open no more: the next time it is opened it is read. */
export const leaveReading = (app: App, at: MessageAt): void =>
  app.ui.set((ui) => (ui.unread.open === messageKey(at) ? { ...ui, unread: nothingSaid } : ui))
