// posthorn-mail user add|list|passwd|delete|disable|enable|quota …
import { realClock } from '../core/clock'
import { readConfig } from '../core/config'
import { Failure } from '../core/errors'
import { createLog } from '../core/log'
import { canonical } from '../directory/addresses'
import { openDirectory, type AdministeredDirectory } from '../directory'
import { askPassword } from './ask'
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

const list = (form: 'json' | 'table') =>
  withDirectory((directory) => {
    const users = directory.users()
    if (form === 'json') process.stdout.write(`${JSON.stringify(users, null, 2)}\n`)
    else
      for (const { address, name, disabled } of users)
        process.stdout.write(`${address}\t${name}${disabled ? '\tdisabled' : ''}\n`)
  })

const actions: Record<string, (args: string[]) => Promise<unknown>> = {
  add: async ([address, ...name]) => {
    const user = needAddress(address)
    const password = await askPassword()
    await withDirectory((directory) => directory.addUser(user, password, name.join(' ')))
  },
  list: (args) => list(args.includes('--json') ? 'json' : 'table'),
  passwd: async ([address]) => {
    const user = needAddress(address)
    const password = await askPassword()
    await withDirectory((directory) => directory.setPassword(user, password))
  },
  delete: ([address]) => withDirectory((directory) => directory.removeUser(needAddress(address))),
  disable: ([address]) => setDisabled(needAddress(address), 1),
  enable: ([address]) => setDisabled(needAddress(address), 0),
  quota: ([address, size, ...rest]) =>
    size === undefined || size === '--json'
      ? showQuota(needAddress(address), [size, ...rest].includes('--json') ? 'json' : 'table')
      : setQuota(needAddress(address), size),
}

const units: Record<string, number> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 }

/** `500M`, `2G`, plain bytes, or `none`. */
const bytesOf = (size: string): number | null => {
  if (size.toLowerCase() === 'none') return null
  const [, number, unit = ''] = /^(\d{1,12})([KMGT]?)B?$/i.exec(size) ?? []
  if (!number) throw new Failure('refused', `${size} is not a size: give 500M, 2G, or none`)
  return Number(number) * (units[unit.toUpperCase()] ?? 1)
}

const setQuota = (address: string, size: string) =>
  withDirectory((directory) => {
    if (!directory.database.updateUser(canonical(address), { quotaBytes: bytesOf(size) }))
      throw new Failure('not-found', `no user ${address}`)
  })

const showQuota = (address: string, form: 'json' | 'table') =>
  withDirectory((directory) => {
    const row = directory.database.rows().users.get(canonical(address))
    if (!row) throw new Failure('not-found', `no user ${address}`)
    const { quotaBytes } = row
    const shown =
      form === 'json' ? JSON.stringify({ address: row.address, quotaBytes }) : (quotaBytes ?? 'none')
    process.stdout.write(`${shown}\n`)
  })

const setDisabled = (address: string, disabled: 0 | 1) =>
  withDirectory((directory) => {
    if (!directory.database.updateUser(address.toLowerCase(), { disabled })) {
      throw new Failure('not-found', `no user ${address}`)
    }
  })

export const run: Run = async ([action = '', ...args]) => {
  const act = actions[action]
  if (!act) throw new Failure('refused', `usage: posthorn-mail ${usages.user}`)
  await act(args)
}
