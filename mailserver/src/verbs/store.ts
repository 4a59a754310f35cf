// posthorn-mail reindex USER and export --dovecot USER: upkeep of one person's mailboxes while the server is stopped.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../core/config'
import { Failure } from '../core/errors'
import { createLog } from '../core/log'
import { createStore } from '../store'
import { StoreError } from '../store/contract'
import { formOf, say, type Form } from './say'
import { usages, type Run } from './usage'

type Maintained = ReturnType<typeof createStore>

const explain = (error: unknown): never => {
  if (!(error instanceof StoreError)) throw error
  if (error.code === 'in-use') throw new Failure('refused', `stop the mail server first: ${error.message}`)
  throw new Failure(error.code === 'nonexistent' ? 'not-found' : 'refused', error.message)
}

/** What root would write here, the server could not read afterwards. */
const actAsOwner = (folder: string): void => {
  const { uid, gid } = statSync(folder)
  if (process.getuid?.() !== 0 || uid === 0) return
  process.setgroups?.([gid])
  process.setgid?.(gid)
  process.setuid?.(uid)
}

const withStore = async <T>(job: (store: Maintained) => Promise<T>): Promise<T> => {
  const folder = join(readConfig().home, 'mail', 'users')
  if (!existsSync(folder)) throw new Failure('not-found', `there are no mailboxes in ${folder}`)
  actAsOwner(folder)
  const log = createLog('warn', (line) => process.stderr.write(`${line}\n`))
  const open = (): Maintained => {
    try {
      return createStore({ folder, log })
    } catch (error) {
      return explain(error)
    }
  }
  const store = open()
  try {
    return await job(store).catch(explain)
  } finally {
    await store.close()
  }
}

interface Told {
  form: Form
  user: string
  done: string
}

const tell = ({ form, user, done }: Told, counted: { mailboxes: number; messages: number }) =>
  say(
    form,
    { user, ...counted },
    `${user}: ${counted.messages} messages in ${counted.mailboxes} mailboxes ${done}`,
  )

export const runReindex: Run = async (args) => {
  const { form, rest: given } = formOf(args)
  const [address, ...rest] = given
  if (!address || rest.length > 0) throw new Failure('refused', `usage: posthorn-mail ${usages.reindex}`)
  const user = address.toLowerCase()
  tell({ form, user, done: 'read again' }, await withStore((store) => store.reindex(user)))
}

export const runExport: Run = async (given) => {
  const { form, rest: args } = formOf(given)
  const [address, ...rest] = args.filter((arg) => arg !== '--dovecot')
  if (!address || rest.length > 0 || !args.includes('--dovecot')) {
    throw new Failure('refused', `usage: posthorn-mail ${usages.export}`)
  }
  const user = address.toLowerCase()
  tell({ form, user, done: 'are ready for Dovecot' }, await withStore((store) => store.exportDovecot(user)))
}
