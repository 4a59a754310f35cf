import type { Words } from '@/lib/i18n'
import type { App } from '../app'

/** Where a key means this action. `everywhere` is heard in every other scope too. */
export const scopes = ['everywhere', 'mail', 'composer'] as const
export type Scope = (typeof scopes)[number]

/** Names of icons; `components/ui/icon` draws them. */
export type CommandIcon =
  | 'archive'
  | 'copy'
  | 'download'
  | 'down'
  | 'drafts'
  | 'forward'
  | 'help'
  | 'import'
  | 'inbox'
  | 'junk'
  | 'label'
  | 'move'
  | 'read'
  | 'redirect'
  | 'refresh'
  | 'reply'
  | 'reply-all'
  | 'saved'
  | 'search'
  | 'select'
  | 'sent'
  | 'settings'
  | 'starred'
  | 'trash'
  | 'undo'
  | 'unread'
  | 'up'
  | 'write'

export type CommandGroup = 'move' | 'act' | 'select' | 'write' | 'go' | 'app'

/** One action of the interface: it feeds toolbar, context menu, keyboard, palette and help sheet. */
export interface Command {
  id: string
  label: (words: Words, app: App) => string
  /** tinykeys' spelling; the first is the one shown. `g i` is a sequence, `$mod` is Ctrl or Command. */
  keys: readonly string[]
  icon?: CommandIcon
  scope: Scope
  group: CommandGroup
  /** Offered in the palette? Moving the cursor, say, is not. */
  palette?: 'shown' | 'hidden'
  when?: (app: App) => boolean
  run: (app: App) => void | Promise<void>
}

const registered = new Map<string, Command>()
const listeners = new Set<() => void>()
let all: readonly Command[] = []

const publish = () => {
  all = [...registered.values()]
  for (const listener of listeners) listener()
}

/** Adds commands (a later one of the same id takes the place of an earlier); the answer removes them again. */
export const register = (commands: readonly Command[]): (() => void) => {
  for (const command of commands) registered.set(command.id, command)
  publish()
  return () => {
    for (const command of commands) if (registered.get(command.id) === command) registered.delete(command.id)
    publish()
  }
}

export const commands = {
  all: (): readonly Command[] => all,
  get: (id: string): Command | undefined => registered.get(id),
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

export const isOffered = (command: Command, app: App): boolean => command.when?.(app) ?? true

/** Runs a command by id when it is offered now; answers whether it was. */
export const runCommand = (id: string, app: App): boolean => {
  const command = registered.get(id)
  if (!command || !isOffered(command, app)) return false
  void command.run(app)
  return true
}

/** Pairs of commands that would answer the same key in one scope; a test holds this empty. */
export const clashes = (list: readonly Command[]): string[] => {
  const taken = new Map<string, string>()
  const found: string[] = []
  for (const command of list)
    for (const key of command.keys)
      for (const scope of command.scope === 'everywhere' ? scopes : [command.scope]) {
        const place = `${scope} ${key}`
        const other = taken.get(place)
        if (other && other !== command.id) found.push(`${place}: ${other} and ${command.id}`)
        taken.set(place, command.id)
      }
  return found
}
