// posthorn-mail user add|list|passwd|delete|disable|enable|quota|grant|revoke …
import { realClock } from '../core/clock'
import { readConfig } from '../core/config'
import { Failure } from '../core/errors'
import { createLog } from '../core/log'
import { canonical, split } from '../directory/addresses'
import { openDirectory, type AdministeredDirectory } from '../directory'
import { askPassword } from './ask'
import { formOf, say, type Form } from './say'
import { usages, type Run } from './usage'

export const withDirectory = async <T>(
  job: (directory: AdministeredDirectory) => Promise<T> | T,
): Promise<T> => {
  const log = createLog('warn', (line) => process.stderr.write(`${line}\n`))
  const directory = openDirectory({ config: readConfig(), clock: realClock, log })
  try {
    return await job(directory)
  } finally {
    directory.close()
  }
}

const needAddress = (address: string | undefined): string => {
  if (!address) throw new Failure('bad-address', 'which user? Give the address')
  return address
}

const needUser = (directory: AdministeredDirectory, given: string | undefined) => {
  const row = directory.database.rows().users.get(canonical(needAddress(given)))
  if (!row) throw new Failure('not-found', `no user ${given}`)
  return row
}

type Action = (args: string[], form: Form) => Promise<unknown>

const list: Action = (_, form) =>
  withDirectory((directory) => {
    const users = directory.users()
    const { grants } = directory.database.rows()
    const facts = users.map((user) => ({ ...user, mayWriteAs: [...(grants.get(user.address) ?? [])] }))
    const lines = users.map(
      ({ address, name, disabled }) => `${address}\t${name}${disabled ? '\tdisabled' : ''}`,
    )
    say(form, facts, lines.join('\n'))
  })

const add: Action = async ([address, ...names], form) => {
  const user = needAddress(address)
  const password = await askPassword()
  const name = names.join(' ')
  await withDirectory((directory) => directory.addUser(user, password, name))
  say(form, { address: canonical(user), name }, '')
}

const changePassword: Action = async ([address], form) => {
  const user = needAddress(address)
  const password = await askPassword()
  await withDirectory((directory) => directory.setPassword(user, password))
  say(form, { address: canonical(user), password: 'changed' }, '')
}

const remove: Action = ([address], form) =>
  withDirectory((directory) => {
    directory.removeUser(needAddress(address))
    say(form, { address: canonical(needAddress(address)), deleted: true }, '')
  })

const setDisabled =
  (disabled: 0 | 1): Action =>
  ([given], form) =>
    withDirectory((directory) => {
      const { address } = needUser(directory, given)
      directory.database.updateUser(address, { disabled })
      say(form, { address, disabled: disabled === 1 }, '')
    })

const units: Record<string, number> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 }

/** `500M`, `2G`, plain bytes, or `none`. */
const bytesOf = (size: string): number | null => {
  if (size.toLowerCase() === 'none') return null
  const [, number, unit = ''] = /^(\d{1,12})([KMGT]?)B?$/i.exec(size) ?? []
  if (!number) throw new Failure('refused', `${size} is not a size: give 500M, 2G, or none`)
  return Number(number) * (units[unit.toUpperCase()] ?? 1)
}

const quota: Action = ([given, size], form) =>
  withDirectory((directory) => {
    const { address, quotaBytes } = needUser(directory, given)
    if (size === undefined) return say(form, { address, quotaBytes }, String(quotaBytes ?? 'none'))
    const wanted = bytesOf(size)
    directory.database.updateUser(address, { quotaBytes: wanted })
    say(form, { address, quotaBytes: wanted }, '')
  })

/** An address, or `@example.org` for every address of a domain. */
const senderOf = (given: string | undefined): string => {
  const sender = (given ?? '').startsWith('@') ? (given ?? '').toLowerCase() : canonical(given ?? '')
  if (!split(sender.startsWith('@') ? `x${sender}` : sender))
    throw new Failure('bad-address', 'as whom? Give an address, or @example.org for all of a domain')
  return sender
}

const changeGrant =
  (change: 'grant' | 'revoke'): Action =>
  ([given, as], form) =>
    withDirectory((directory) => {
      const { address } = needUser(directory, given)
      const sender = senderOf(as)
      const { addGrant, removeGrant, rows } = directory.database
      if (change === 'grant') addGrant(address, sender)
      else if (!removeGrant(address, sender))
        throw new Failure('not-found', `${address} was not granted ${sender}`)
      const all = [...(rows().grants.get(address) ?? [])]
      say(
        form,
        { address, mayWriteAs: all },
        all.length > 0 ? `${address} may write as ${all.join(', ')}` : '',
      )
    })

const actions: Record<string, Action> = {
  add,
  list,
  passwd: changePassword,
  delete: remove,
  disable: setDisabled(1),
  enable: setDisabled(0),
  quota,
  grant: changeGrant('grant'),
  revoke: changeGrant('revoke'),
}

export const run: Run = async ([action = '', ...args]) => {
  const act = actions[action]
  if (!act) throw new Failure('refused', `usage: posthorn-mail ${usages.user}`)
  const { form, rest } = formOf(args)
  await act(rest, form)
}
