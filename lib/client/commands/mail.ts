import { allows } from '@/lib/model/folder-rules'
import type { App } from '../app'
import { deleteForGood, flagsOf, mark, move, pointedAt, targetsOf } from '../actions'
import type { Targets } from '../actions'
import { download } from '../transfer'
import { askBulk } from '../whole'
import { extend, goToNeighbour, openCursor, selectAll, toggle } from '../cursor'
import { willBeRead } from '../reading'
import type { Command } from './registry'
import { askSaved, savedSought } from '../searches'

const folder = (app: App): string | undefined => app.place()?.folder
const hasTargets = (app: App): boolean => targetsOf(app) !== null
/** Of what others share, only what they allow is offered. */
const folderAllows = (app: App, rights: string): boolean => {
  const mailbox = app.mail.get().mailboxes.find(({ id }) => id === folder(app))
  return !mailbox || allows(mailbox, rights)
}
const inMail = (app: App): boolean => app.place() !== null || app.search() !== null
/** Hits of several folders are not selected together. */
const inFolder = (app: App): boolean => app.place() !== null && app.search() === null

const withTargets = (act: (app: App, targets: Targets) => void | Promise<void>) => (app: App) => {
  const targets = targetsOf(app)
  if (targets) return act(app, targets)
}

/** Do all of the targets carry the flag? What a toggle does next depends on it. */
const all = (app: App, flag: 'seen' | 'flagged'): boolean => {
  const targets = flag === 'seen' ? targetsOf(app) : pointedAt(app)
  const carries = (at: Targets, id: string) =>
    flagsOf(app.mail.get(), at, id)?.[flag] || (flag === 'seen' && willBeRead(app, at, id))
  return targets?.ids.every((id) => carries(targets, id)) ?? false
}

/** What has no way back from here is asked about first. */
const leavesForGood = (app: App): boolean => ['trash', 'junk', 'drafts'].includes(folder(app) ?? '')

export const confirmedDelete = withTargets((app, targets) => deleteForGood(app, targets))

const acting: Command[] = [
  {
    id: 'archive',
    label: (words) => words.list.archive,
    keys: ['e'],
    icon: 'archive',
    scope: 'mail',
    group: 'act',
    when: (app) =>
      hasTargets(app) && folder(app) !== 'archive' && folder(app) !== 'drafts' && folderAllows(app, 'te'),
    run: withTargets((app, targets) =>
      move(app, targets, 'archive', app.words().list.archived(targets.ids.length)),
    ),
  },
  {
    id: 'delete',
    label: (words, app) => (leavesForGood(app) ? words.list.deleteForGood : words.list.delete),
    keys: ['#', 'Shift+#', 'Delete'],
    icon: 'trash',
    scope: 'mail',
    group: 'act',
    when: (app) => hasTargets(app) && folderAllows(app, 'te'),
    run: withTargets((app, targets) =>
      leavesForGood(app) && targets.reach
        ? askBulk(app, { kind: 'delete' })
        : leavesForGood(app)
          ? app.ui.set((ui) => ({ ...ui, overlay: 'delete' }))
          : move(app, targets, 'trash', app.words().list.deleted(targets.ids.length)),
    ),
  },
  {
    id: 'junk',
    label: (words, app) => (folder(app) === 'junk' ? words.list.notJunk : words.list.junk),
    keys: ['!', 'Shift+!'],
    icon: 'junk',
    scope: 'mail',
    group: 'act',
    when: (app) =>
      hasTargets(app) && !['drafts', 'sent'].includes(folder(app) ?? '') && folderAllows(app, 'te'),
    run: withTargets((app, targets) => {
      const { unjunked, junked } = app.words().list
      const count = targets.ids.length
      return folder(app) === 'junk'
        ? move(app, targets, 'inbox', unjunked(count))
        : move(app, targets, 'junk', junked(count))
    }),
  },
  {
    id: 'mark-unread',
    label: (words) => words.list.markUnread,
    keys: ['u', 'Shift+u'],
    icon: 'unread',
    scope: 'mail',
    group: 'act',
    when: (app) => hasTargets(app) && all(app, 'seen') && folderAllows(app, 's'),
    run: withTargets((app, targets) =>
      mark(app, targets, 'seen', false, app.words().list.markedUnread(targets.ids.length)),
    ),
  },
  {
    id: 'mark-read',
    label: (words) => words.list.markRead,
    keys: ['Shift+i'],
    icon: 'read',
    scope: 'mail',
    group: 'act',
    when: (app) => hasTargets(app) && !all(app, 'seen') && folderAllows(app, 's'),
    run: withTargets((app, targets) =>
      mark(app, targets, 'seen', true, app.words().list.markedRead(targets.ids.length)),
    ),
  },
  {
    id: 'star',
    label: (words, app) => (all(app, 'flagged') ? words.list.unstar : words.list.star),
    keys: ['s'],
    icon: 'starred',
    scope: 'mail',
    group: 'act',
    when: (app) => hasTargets(app) && folderAllows(app, 'w'),
    run: (app) => {
      const targets = pointedAt(app)
      const on = !all(app, 'flagged')
      const { star, unstar } = app.words().list
      if (targets) return mark(app, targets, 'flagged', on, on ? star : unstar)
    },
  },
  {
    id: 'move',
    label: (words) => words.list.moveTo,
    keys: ['v'],
    icon: 'move',
    scope: 'mail',
    group: 'act',
    when: (app) => hasTargets(app) && folderAllows(app, 'te'),
    run: (app) => app.ui.set((ui) => ({ ...ui, overlay: 'move' })),
  },
  {
    id: 'copy',
    label: (words) => words.list.copyTo,
    keys: ['Shift+v'],
    icon: 'copy',
    scope: 'mail',
    group: 'act',
    when: hasTargets,
    run: (app) => app.ui.set((ui) => ({ ...ui, overlay: 'copy' })),
  },
  {
    id: 'label',
    label: (words) => words.labels.label,
    keys: ['l'],
    icon: 'label',
    scope: 'mail',
    group: 'act',
    when: (app) => hasTargets(app) && folderAllows(app, 'w'),
    run: (app) => app.ui.set((ui) => ({ ...ui, overlay: 'label' })),
  },
  ...(['eml', 'mbox', 'zip'] as const).map((format): Command => ({
    id: `download-${format}`,
    label: (words) => words.list.downloads[format],
    keys: [],
    icon: 'download',
    scope: 'mail',
    group: 'act',
    // One message is a file of its own; several are one file together.
    when: (app) => hasTargets(app) && (format !== 'eml' || targetsOf(app)?.ids.length === 1),
    run: withTargets((app, targets) => download(app, targets, format)),
  })),
  {
    id: 'import',
    label: (words) => words.list.import,
    keys: [],
    icon: 'import',
    scope: 'mail',
    group: 'app',
    when: (app) => inFolder(app) && folder(app) !== 'starred',
    run: async (app) => {
      const place = app.place()
      const { pickAndImport } = await import('../import')
      if (place) pickAndImport(app, { account: place.account, folder: place.folder })
    },
  },
  {
    id: 'undo',
    label: (words) => words.list.undo,
    keys: ['z', '$mod+z'],
    icon: 'undo',
    scope: 'mail',
    group: 'act',
    when: (app) => app.undo.stack.get().length > 0,
    run: async (app) => {
      if ((await app.undo.run()) === 'undone') app.notify({ tone: 'plain', text: app.words().shell.undone })
    },
  },
]

const moving: Command[] = [
  {
    id: 'next',
    label: (words) => words.list.next,
    keys: ['j'],
    icon: 'down',
    scope: 'mail',
    group: 'move',
    palette: 'hidden',
    when: inMail,
    run: (app) => goToNeighbour(app, 1),
  },
  {
    id: 'previous',
    label: (words) => words.list.previous,
    keys: ['k'],
    icon: 'up',
    scope: 'mail',
    group: 'move',
    palette: 'hidden',
    when: inMail,
    run: (app) => goToNeighbour(app, -1),
  },
  {
    id: 'open',
    label: (words) => words.list.open,
    keys: ['o'],
    scope: 'mail',
    group: 'move',
    palette: 'hidden',
    when: (app) => app.ui.get().cursor !== null,
    run: openCursor,
  },
  {
    id: 'close',
    label: (words) => words.list.backToList,
    keys: ['Escape'],
    scope: 'mail',
    group: 'move',
    palette: 'hidden',
    when: (app) => app.place()?.message != null || app.ui.get().selected.size > 0 || app.search() !== null,
    run: (app) => {
      const place = app.place()
      if (!place) return app.go({ account: app.person.account, folder: 'inbox', message: null })
      if (app.ui.get().selected.size > 0) app.ui.set((ui) => ({ ...ui, selected: new Set(), anchor: null }))
      else app.go({ ...place, message: null })
    },
  },
  {
    id: 'refresh',
    label: (words) => words.list.refresh,
    keys: ['Shift+n'],
    icon: 'refresh',
    scope: 'mail',
    group: 'move',
    when: inMail,
    run: async (app) => {
      const place = app.place()
      const search = app.search()
      if (search) return app.mail.findAgain({ account: app.person.account, ...search })
      if (!place) return
      app.mail.apply({ type: 'stale', account: place.account, folder: place.folder })
      await app.mail.refreshMailboxes(place.account)
    },
  },
]

const finding: Command[] = [
  {
    id: 'save-search',
    label: (words) => words.list.saveSearch,
    keys: [],
    icon: 'saved',
    scope: 'mail',
    group: 'app',
    when: (app) => Boolean(app.search()?.text),
    run: (app) => {
      const { savedSearches } = app.preferences.get()
      askSaved(app, savedSought(savedSearches, app.search())?.id ?? null)
    },
  },
]

const selecting: Command[] = [
  {
    id: 'select',
    label: (words) => words.list.selectOne,
    keys: ['x'],
    icon: 'select',
    scope: 'mail',
    group: 'select',
    palette: 'hidden',
    when: (app) => inFolder(app) && app.ui.get().cursor !== null,
    run: (app) => {
      const { cursor } = app.ui.get()
      if (cursor) toggle(app, cursor)
    },
  },
  {
    id: 'select-down',
    label: (words) => words.list.selectNext,
    keys: ['Shift+j'],
    scope: 'mail',
    group: 'select',
    palette: 'hidden',
    when: inFolder,
    run: (app) => extend(app, 1),
  },
  {
    id: 'select-up',
    label: (words) => words.list.selectPrevious,
    keys: ['Shift+k'],
    scope: 'mail',
    group: 'select',
    palette: 'hidden',
    when: inFolder,
    run: (app) => extend(app, -1),
  },
  {
    id: 'select-all',
    label: (words) => words.list.selectAll,
    keys: ['$mod+a'],
    icon: 'select',
    scope: 'mail',
    group: 'select',
    when: inFolder,
    run: selectAll,
  },
]

const shortcuts = {
  inbox: 'g i',
  starred: 'g s',
  drafts: 'g d',
  sent: 'g t',
  archive: 'g a',
  junk: 'g !',
  trash: 'g #',
} as const

const going: Command[] = (Object.keys(shortcuts) as (keyof typeof shortcuts)[]).map((role) => ({
  id: `go-${role}`,
  label: (words) => words.list.goTo(words.shell.roles[role]),
  keys:
    role === 'junk' || role === 'trash'
      ? [shortcuts[role], shortcuts[role].replace(' ', ' Shift+')]
      : [shortcuts[role]],
  icon: role,
  scope: 'mail',
  group: 'go',
  palette: 'hidden',
  when: (app) => app.mail.get().mailboxes.some((mailbox) => mailbox.role === role),
  run: (app) => app.go({ account: app.person.account, folder: role, message: null }),
}))

const overlays: Command[] = [
  {
    id: 'palette',
    label: (words) => words.list.palette,
    // Where it stands over another figure it is typed with Shift.
    keys: ['$mod+k', '/', 'Shift+/'],
    icon: 'search',
    scope: 'everywhere',
    group: 'app',
    palette: 'hidden',
    run: (app) => app.ui.set((ui) => ({ ...ui, overlay: 'palette' })),
  },
  {
    id: 'help',
    label: (words) => words.list.help,
    keys: ['?', 'Shift+?'],
    icon: 'help',
    scope: 'mail',
    group: 'app',
    run: (app) => app.ui.set((ui) => ({ ...ui, overlay: 'help' })),
  },
]

export const mailCommands: readonly Command[] = [
  ...acting,
  ...moving,
  ...finding,
  ...selecting,
  ...going,
  ...overlays,
]
