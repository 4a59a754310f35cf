import type { IconName } from '@/components/ui/icon'
import { folderName } from '@/lib/client/actions'
import type { App } from '@/lib/client/app'
import { commands, isOffered, runCommand } from '@/lib/client/commands/registry'
import type { Mailbox } from '@/lib/model/mailbox'
import { folderTree, inOrder } from './folder-tree'

export interface Entry {
  id: string
  kind: 'mail' | 'folder' | 'command'
  label: string
  /** What stands small beside the label: the path of a nested folder. */
  detail: string
  icon: IconName
  keys: string | undefined
  run: () => void
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/** Every word of what was typed begins a word of the label, in any order: "mes new" finds "New message". */
export const matches = (label: string, typed: string): boolean => {
  const words = plain(label).split(/[^\p{L}\p{N}]+/u)
  return plain(typed)
    .split(/\s+/)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)) || plain(label).startsWith(part))
}

const folderEntry = (app: App, mailbox: Mailbox): Entry => ({
  id: `folder-${mailbox.id}`,
  kind: 'folder',
  label: folderName(app.words(), mailbox),
  detail: mailbox.role || mailbox.path === mailbox.name ? '' : mailbox.path,
  icon: mailbox.role ?? 'folder',
  keys: mailbox.role ? commands.get(`go-${mailbox.role}`)?.keys[0] : undefined,
  run: () => app.go({ account: app.person.account, folder: mailbox.id, message: null }),
})

const commandEntries = (app: App): Entry[] =>
  commands
    .all()
    .filter((command) => command.palette !== 'hidden' && isOffered(command, app))
    .map((command) => ({
      id: `command-${command.id}`,
      kind: 'command',
      label: command.label(app.words(), app),
      detail: '',
      icon: command.icon ?? 'help',
      keys: command.keys[0],
      run: () => void runCommand(command.id, app),
    }))

const mailEntry = (app: App, text: string): Entry => ({
  id: 'mail',
  kind: 'mail',
  label: app.words().shell.searchFor(text),
  detail: '',
  icon: 'search',
  keys: 'Enter',
  run: () => app.find({ text, scope: 'mail' }),
})

const shownAtMost = 5

/** What the search field offers for what was typed: the mail first, then folders, then actions. */
export const entriesFor = (app: App, mailboxes: readonly Mailbox[], typed: string): Entry[] => {
  const folders = inOrder(folderTree(mailboxes))
    .filter(({ mailbox }) => mailbox.selectable)
    .map(({ mailbox }) => folderEntry(app, mailbox))
  const fits = ({ label, detail }: Entry) => matches(`${label} ${detail}`, typed)
  const text = typed.trim()
  return [
    ...(text ? [mailEntry(app, text)] : []),
    ...folders.filter(fits).slice(0, shownAtMost),
    ...commandEntries(app)
      .filter(fits)
      .slice(0, shownAtMost + 1),
  ]
}
