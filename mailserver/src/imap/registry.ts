// Every command this server knows. CAPABILITY is made from this list: what is not here is not offered.
import type { Command } from './command'
import type { Session } from './session'
import { append } from './commands/append'
import { authenticate } from './commands/authenticate'
import { capability } from './commands/capability'
import { close } from './commands/close'
import { compress } from './commands/compress'
import { copy, uidCopy } from './commands/copy'
import { create } from './commands/create'
import { remove } from './commands/delete'
import { enable } from './commands/enable'
import { expunge, uidExpunge } from './commands/expunge'
import { fetch, uidFetch } from './commands/fetch'
import { getQuota, getQuotaRoot } from './commands/quota'
import { id } from './commands/id'
import { idle } from './commands/idle'
import { list } from './commands/list'
import { login } from './commands/login'
import { logout } from './commands/logout'
import { lsub } from './commands/lsub'
import { move, uidMove } from './commands/move'
import { namespace } from './commands/namespace'
import { check, noop } from './commands/noop'
import { notify } from './commands/notify'
import { rename } from './commands/rename'
import { replace, uidReplace } from './commands/replace'
import { search, uidSearch } from './commands/search'
import { examine, select } from './commands/select'
import { sort, uidSort } from './commands/sort'
import { startTls } from './commands/starttls'
import { status } from './commands/status'
import { store, uidStore } from './commands/store'
import { subscribe, unsubscribe } from './commands/subscribe'
import { thread, uidThread } from './commands/thread'
import { unselect } from './commands/unselect'

export const commands: readonly Command[] = [
  capability,
  noop,
  logout,
  id,
  startTls,
  authenticate,
  login,
  enable,
  select,
  examine,
  create,
  remove,
  rename,
  subscribe,
  unsubscribe,
  list,
  lsub,
  namespace,
  status,
  append,
  notify,
  idle,
  getQuota,
  getQuotaRoot,
  compress,
  check,
  close,
  unselect,
  expunge,
  uidExpunge,
  search,
  uidSearch,
  sort,
  uidSort,
  thread,
  uidThread,
  fetch,
  uidFetch,
  store,
  uidStore,
  copy,
  uidCopy,
  move,
  uidMove,
  replace,
  uidReplace,
]

const byName = new Map(commands.map((command) => [command.name, command]))

export const findCommand = (name: string): Command | undefined => byName.get(name)

/** RFC 7888: offered always, or never beside LITERAL-. */
const ofTheWire = ['IMAP4rev1', 'LITERAL+']

export const capabilitiesOf = (session: Session): string => {
  const names = commands.flatMap(({ capabilities = [] }) =>
    typeof capabilities === 'function' ? capabilities(session) : capabilities,
  )
  return [...new Set([...ofTheWire, ...names])].join(' ')
}
