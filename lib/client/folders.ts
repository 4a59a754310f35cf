import type { RenamedFolders } from '@/lib/model/folder'
import type { FolderId } from '@/lib/model/folder-id'
import type { Mailbox } from '@/lib/model/mailbox'
import { nameOf, tellProblem } from './actions'
import type { App } from './app'
import { call, doors } from './api'
import { followRenamed } from './renamed'

// What a person does to folders. Not shown before the server agreed: a folder's id is its name, and what would be
// shown under a name that was refused could not be taken back quietly.

const mailboxOf = (app: App, folder: FolderId | null): Mailbox | undefined =>
  app.mail.get().mailboxes.find(({ id }) => id === folder)

/** Folders that are looked at in a way of their own, or folded up, stay so under their new names. */
const carryOver = (app: App, renamed: RenamedFolders): void => {
  const now = new Map(renamed.map(({ from, to }) => [from, to]))
  const { collapsed, views } = app.preferences.get()
  const touched = [...collapsed, ...Object.keys(views)].some((id) => now.has(id) && now.get(id) !== id)
  if (!touched) return
  const change = {
    collapsed: collapsed.map((id) => now.get(id) ?? id),
    views: Object.fromEntries(Object.entries(views).map(([id, view]) => [now.get(id) ?? id, view])),
  }
  // A comfort: the folder itself has its new name.
  void app.savePreferences(change).catch(() => undefined)
}

const settle = (app: App, renamed: RenamedFolders): void => {
  const account = app.person.account
  app.mail.apply({ type: 'renamed', account, renamed })
  followRenamed(app, renamed)
  carryOver(app, renamed)
}

/** The news brings the folders as they stand now; where no news comes they are asked for. */
const refresh = async (app: App): Promise<void> => {
  if (app.ui.get().live === 'live') return
  await app.mail.refreshMailboxes(app.person.account).catch(() => undefined)
}

interface Placed {
  parent: FolderId | null
  name: string
}

/** Throws what the server said: the dialog that asked shows it. */
export const createFolder = async (app: App, placed: Placed): Promise<void> => {
  const { account } = app.person
  await call('createFolder', { account, ...placed })
  await refresh(app)
  const { folders } = app.words()
  app.notify({ tone: 'plain', text: folders.created(placed.name) })
}

const rename = async (app: App, folder: FolderId, placed: Placed): Promise<FolderId> => {
  const { account } = app.person
  const { renamed } = await call('renameFolder', { account, folder, ...placed })
  settle(app, renamed)
  await refresh(app)
  return renamed[0]?.to ?? folder
}

/** Under another name or in another place; undone, it is where it was. */
export const renameFolder = async (app: App, folder: FolderId, placed: Placed): Promise<void> => {
  const before = mailboxOf(app, folder)
  const { folders } = app.words()
  const now = await rename(app, folder, placed)
  if (!before || now === folder) return
  const place = placed.parent ? nameOf(app, placed.parent) : folders.topLevel
  const text =
    before.parent === placed.parent ? folders.renamed(placed.name) : folders.moved(before.name, place)
  const undo = app.undo.push({
    text,
    undo: async () => {
      const back = { parent: before.parent, name: before.name }
      await rename(app, now, back).catch((problem: unknown) =>
        tellProblem(app, app.words().shell.undo, problem),
      )
    },
  })
  app.notify({ tone: 'plain', text, undo })
}

/** As above, for what has no dialog to show a refusal. */
export const moveFolder = async (app: App, folder: FolderId, parent: FolderId | null): Promise<void> => {
  const mailbox = mailboxOf(app, folder)
  if (!mailbox || mailbox.parent === parent) return
  await renameFolder(app, folder, { parent, name: mailbox.name }).catch((problem: unknown) =>
    tellProblem(app, app.words().folders.moving(mailbox.name), problem),
  )
}

/** The folder and what lies in it, itself first. */
export const branchOf = (mailboxes: readonly Mailbox[], folder: FolderId): Mailbox[] => {
  const inside = new Set([folder])
  // Parents stand anywhere in the list: gone through until nothing more is found, at most once a level.
  for (let before = 0; before !== inside.size;) {
    before = inside.size
    for (const { id, parent } of mailboxes) if (parent !== null && inside.has(parent)) inside.add(id)
  }
  return mailboxes.filter(({ id }) => inside.has(id)).sort((a) => (a.id === folder ? -1 : 0))
}

export const isInTrash = (mailboxes: readonly Mailbox[], folder: FolderId): boolean =>
  folder !== 'trash' && branchOf(mailboxes, 'trash').some(({ id }) => id === folder)

const leaveIfOpen = (app: App, gone: readonly Mailbox[]): void => {
  const place = app.place()
  if (place && gone.some(({ id }) => id === place.folder))
    app.go({ account: place.account, folder: 'inbox', message: null }, 'replace')
}

export const removeFolder = async (app: App, folder: FolderId, way: 'trash' | 'good'): Promise<void> => {
  const before = mailboxOf(app, folder)
  if (!before) return
  const { account } = app.person
  const { folders } = app.words()
  const text = way === 'trash' ? folders.trashed(before.name) : folders.removed(before.name)
  try {
    const branch = branchOf(app.mail.get().mailboxes, folder)
    const { renamed } = await call('removeFolder', { account, folder, way })
    leaveIfOpen(app, branch)
    settle(app, renamed)
    await refresh(app)
    const [root] = renamed
    if (!root) return app.notify({ tone: 'plain', text })
    const undo = async () => {
      const back = { parent: before.parent, name: before.name }
      await rename(app, root.to, back).catch((problem: unknown) =>
        tellProblem(app, app.words().shell.undo, problem),
      )
    }
    app.notify({ tone: 'plain', text, undo: app.undo.push({ text, undo }) })
  } catch (problem) {
    tellProblem(app, text, problem)
  }
}

export const emptyFolder = async (app: App, folder: FolderId): Promise<void> => {
  const { account } = app.person
  try {
    const job = await call('emptyFolder', { account, folder })
    await refresh(app)
    if (!app.mail.get().bulk.some(({ id }) => id === job.id)) app.mail.apply({ type: 'bulk', account, job })
  } catch (problem) {
    tellProblem(app, app.words().folders.emptying(nameOf(app, folder)), problem)
  }
}

/** Undone, what was unread is unread again. */
export const readAll = async (app: App, folder: FolderId): Promise<void> => {
  const { account } = app.person
  const text = app.words().folders.allRead(nameOf(app, folder))
  try {
    const { ids } = await call('readAll', { account, folder })
    app.mail.apply({ type: 'stale', account, folder })
    if (ids.length === 0) return app.notify({ tone: 'plain', text })
    const undo = async () => {
      const unread = { account, folder, ids, flag: 'seen' as const, on: false }
      await call('setFlags', unread).catch((problem: unknown) =>
        tellProblem(app, app.words().shell.undo, problem),
      )
    }
    app.notify({ tone: 'plain', text, undo: app.undo.push({ text, undo }) })
  } catch (problem) {
    tellProblem(app, text, problem)
  }
}

/** Shown at once; taken back with the reason when the server refuses. */
export const subscribe = async (app: App, folder: FolderId, to: 'on' | 'off'): Promise<void> => {
  const { account } = app.person
  const shown = (subscribed: boolean) =>
    app.mail.update((state) => ({
      ...state,
      mailboxes: state.mailboxes.map((one) => (one.id === folder ? { ...one, subscribed } : one)),
    }))
  shown(to === 'on')
  try {
    await call('subscribeFolder', { account, folder, to })
  } catch (problem) {
    shown(to !== 'on')
    tellProblem(app, app.words().folders.subscription(nameOf(app, folder)), problem)
  }
}

export const exportFolder = async (app: App, folder: FolderId): Promise<void> => {
  const { account } = app.person
  try {
    const { ticket } = await call('exportFolder', { account, folder })
    window.location.assign(doors.exported(ticket))
  } catch (problem) {
    tellProblem(app, app.words().folders.exporting(nameOf(app, folder)), problem)
  }
}

export const ask = (app: App, task: NonNullable<ReturnType<App['ui']['get']>['task']>): void =>
  app.ui.set((ui) => ({ ...ui, overlay: 'folder', task, drawer: 'closed' }))
