// Which version last served all mailboxes of a folder, in a file beside them: an older one refuses them all at its start,
// instead of each when somebody opens it. Invariant: it is on disk before any mailbox is brought up to date.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../core/errors'
import { migrations } from './schema'

const name = '.version'

const write = (folder: string, text: string): void => {
  const fresh = join(folder, `${name}.new`)
  const file = openSync(fresh, 'w', 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
  renameSync(fresh, join(folder, name))
  const entries = openSync(folder, 'r')
  fsyncSync(entries)
  closeSync(entries)
}

/** Fails where a newer version has been; else from here on this one has. */
export const markVersion = (folder: string): void => {
  const file = join(folder, name)
  const found = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  if (found > migrations.length)
    throw new ConfigError(
      `${folder} was used by a newer version (its mailboxes are at step ${found}, this one knows ${migrations.length}): ` +
        'start that version again, or restore the backup made before it',
    )
  // What cannot be read says nothing; each mailbox still knows its own.
  if (found !== migrations.length) write(folder, `${migrations.length}\n`)
}
