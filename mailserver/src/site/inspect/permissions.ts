// Can anybody else on this machine read mail, keys or passwords? And can we write what we must?
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { certificateFiles } from '../../core/tls'
import type { Finding, Inspected } from './finding'

const area = 'permissions'

const othersMay = (path: string, bits: number): boolean => (statSync(path).mode & bits) !== 0

/** A file is as closed as the most closed folder on the way to it. */
const isReachable = (path: string): boolean => {
  const above = dirname(path)
  return above === path || (othersMay(above, 0o001) && isReachable(above))
}

const closed = (path: string, what: string): Finding[] => {
  if (!existsSync(path)) return []
  return !othersMay(path, 0o007) || !isReachable(path)
    ? []
    : [
        {
          area,
          state: 'wrong',
          says: `everybody on this machine can reach ${what} (${path})`,
          mend: `chmod o= ${path}`,
        },
      ]
}

const writable = (path: string): Finding[] => {
  try {
    accessSync(path, constants.W_OK)
    return []
  } catch {
    return [{ area, state: 'wrong', says: `${path} cannot be written`, mend: 'run as the user that owns it' }]
  }
}

export const inspectPermissions = async ({ config }: Inspected): Promise<Finding[]> => {
  const mail = join(config.home, 'mail')
  const found = [
    ...writable(mail),
    ...closed(join(mail, 'users'), 'the mailboxes'),
    ...closed(join(mail, 'spool'), 'the queue'),
    ...closed(join(mail, 'directory.db'), 'the password hashes'),
    ...closed(join(mail, 'dkim'), 'the signing keys'),
    ...closed(certificateFiles(config).key, 'the private key of the certificate'),
    ...closed(join(config.home, 'posthorn.toml'), 'the configuration'),
  ]
  return found.length > 0
    ? found
    : [{ area, state: 'ok', says: `mail, keys and passwords in ${config.home} are closed to others` }]
}
