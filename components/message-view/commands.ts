import type { Command } from '@/lib/client/commands/registry'
import type { App } from '@/lib/client/app'
import type { MessageAt } from '@/lib/client/cache/state'
import { printMessage } from './print'

const openOne = (app: App): MessageAt | null => {
  const place = app.place()
  return place?.message ? { account: place.account, folder: place.folder, message: place.message } : null
}

/** What only makes sense while a message is open: registered by its toolbar. */
export const readerCommands: readonly Command[] = [
  {
    id: 'print',
    label: (words) => words.reader.print,
    // The browser's own printing would cut the message's frame wherever a page ends.
    keys: ['$mod+p'],
    scope: 'mail',
    group: 'app',
    when: (app) => openOne(app) !== null,
    run: async (app) => {
      const at = openOne(app)
      if (at) await printMessage(app, at)
    },
  },
]
