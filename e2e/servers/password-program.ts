// What an administrator writes to let people change their password on a Dovecot with a passwd-file: docs/self-hosting.md
// has the same in shell.
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const source = (node: string, passwd: string) => `#!${node}
const { readFileSync, writeFileSync, renameSync } = require('node:fs')
const { user, old, new: wanted } = JSON.parse(readFileSync(0, 'utf8'))
const lines = readFileSync(${JSON.stringify(passwd)}, 'utf8').split('\\n')
const at = lines.indexOf(user + ':{PLAIN}' + old)
if (at < 0) process.exit(1)
if (wanted.includes('posthorn')) {
  console.log('A password must not hold the name of this program.')
  process.exit(2)
}
lines[at] = user + ':{PLAIN}' + wanted
writeFileSync(${JSON.stringify(`${passwd}.new`)}, lines.join('\\n'))
renameSync(${JSON.stringify(`${passwd}.new`)}, ${JSON.stringify(passwd)})
`

/** Gives its path. */
export const writePasswordProgram = (folder: string): string => {
  const path = join(folder, 'change-password')
  writeFileSync(path, source(process.execPath, join(folder, 'passwd')))
  chmodSync(path, 0o755)
  return path
}
