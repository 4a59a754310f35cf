// A log that cannot fill the disk: name.log, and behind it name.log.1 (newest) to name.log.4. Invariants:
// - a line is never split over two files;
// - a log that cannot be written (disk full, folder gone) never stops the mail: its lines are dropped.
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

const MOST_BYTES = 10 * 1024 * 1024
const KEPT = 4

export interface LogFile {
  path: string
  write(line: string): void
  close(): void
}

const turnOver = (path: string) => {
  rmSync(`${path}.${KEPT}`, { force: true })
  for (let age = KEPT - 1; age >= 0; age--)
    try {
      renameSync(age === 0 ? path : `${path}.${age}`, `${path}.${age + 1}`)
    } catch {
      // An age that does not exist yet.
    }
}

export const openLog = (path: string, mostBytes = MOST_BYTES): LogFile => {
  let file: number | null = null
  let size = 0
  const open = () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    file = openSync(path, 'a', 0o600)
    size = fstatSync(file).size
  }
  const close = () => {
    if (file !== null) closeSync(file)
    file = null
  }
  const write = (line: string) => {
    try {
      const bytes = Buffer.from(`${line}\n`)
      if (file !== null && size + bytes.length > mostBytes) {
        close()
        turnOver(path)
      }
      if (file === null) open()
      if (file !== null) size += writeSync(file, bytes)
    } catch {
      close()
    }
  }
  return { path, write, close }
}
