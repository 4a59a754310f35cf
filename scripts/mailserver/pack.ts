// `npm run pack:mailserver [-- FOLDER]`: writes mailserver/package-lock.json, and with a folder copies the mail
// server there, where nothing of this repository is needed any more.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { copyTo, lockFile, lockText } from './copy'

writeFileSync(lockFile, lockText())
console.log(`Written: ${lockFile}`)
const folder = process.argv[2] && resolve(process.argv[2])
if (folder && existsSync(folder) && readdirSync(folder).length > 0) {
  console.error(`${folder} is not empty: nothing was copied.`)
  process.exitCode = 1
} else if (folder) {
  copyTo(folder)
  console.log(`Copied:  ${folder}\nThere:   npm ci && npm run build && npm test`)
}
