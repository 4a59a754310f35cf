import type { Command } from './command'
import { dele, list, retr, rset, stat, top, uidl } from './commands/maildrop'
import { capa, noop, quit, stls } from './commands/session'
import { auth, pass, user } from './commands/sign-in'

const all: readonly Command[] = [
  ...[user, pass, auth, capa, stls, quit, noop],
  ...[stat, list, uidl, retr, top, dele, rset],
]

const byName = new Map(all.map((command) => [command.name, command]))

export const findCommand = (name: string): Command | null => byName.get(name.toUpperCase()) ?? null
