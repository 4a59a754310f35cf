// posthorn-mail user add|list|passwd|delete …
import { createInterface } from 'node:readline'
import { realClock } from '../core/clock'
import { readConfig } from '../core/config'
import { Failure } from '../core/errors'
import { createLog } from '../core/log'
import { openDirectory, type AdministeredDirectory } from '../directory'
import { usages, type Run } from './usage'

const shortest = 8

/** From standard input: an argument would be seen in the list of processes. */
const askPassword = async (): Promise<string> => {
  if (process.stdin.isTTY) process.stderr.write('Password: ')
  const lines = createInterface({ input: process.stdin })
  for await (const line of lines) {
    lines.close()
    if (line.length < shortest)
      throw new Failure('weak-password', `a password has at least ${shortest} characters`)
    return line
  }
  throw new Failure('weak-password', 'no password on standard input')
}

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
}

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
