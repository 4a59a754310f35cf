// `posthorn-uidlist` in each mailbox folder: what survives when the database is lost. Text, in the shape of Dovecot's:
//   3 V<uidvalidity> N<uidnext when written> G<mailbox id>
//   <uid> D<save date, seconds> :<base name>
//
// Invariants:
//  - Lines are only appended, before the row; a line without a file means nothing, and of two lines for one base
//    name the later counts.
//  - A torn last line (no line end) is not read.
import { open, readFile, rename } from 'node:fs/promises'
import {
  closeSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { appendTo } from './disk/landing'
import { isMissing, syncFolder } from './maildir'

export interface UidLine {
  uid: number
  saved: number
  base: string
}

export interface UidList {
  uidValidity: number
  uidNext: number
  guid: string
  lines: Map<string, UidLine>
}

const syncData = promisify(fdatasync)

export const uidListFile = 'posthorn-uidlist'

const headerOf = (list: { uidValidity: number; uidNext: number; guid: string }) =>
  `3 V${list.uidValidity} N${list.uidNext} G${list.guid}\n`

export const lineOf = (line: UidLine) => `${line.uid} D${Math.floor(line.saved / 1000)} :${line.base}\n`

export const parseUidList = (text: string): UidList | null => {
  const lines = text.split('\n')
  lines.pop()
  const header = /^3 V(\d+) N(\d+) G(\S+)/.exec(lines[0] ?? '')
  if (!header) return null
  const list: UidList = {
    uidValidity: Number(header[1]),
    uidNext: Number(header[2]),
    guid: header[3]!,
    lines: new Map(),
  }
  for (const text of lines.slice(1)) {
    const line = /^(\d+) D(\d+) :(.+)$/.exec(text)
    if (!line) continue
    const uid = Number(line[1])
    list.lines.set(line[3]!, { uid, saved: Number(line[2]) * 1000, base: line[3]! })
    if (uid >= list.uidNext) list.uidNext = uid + 1
  }
  return list
}

export const readUidList = async (folder: string): Promise<UidList | null> => {
  try {
    return parseUidList(await readFile(join(folder, uidListFile), 'utf8'))
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

const isNoFolder = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOTDIR'

export const readUidListSync = (folder: string): UidList | null => {
  try {
    return parseUidList(readFileSync(join(folder, uidListFile), 'utf8'))
  } catch (error) {
    if (isMissing(error) || isNoFolder(error)) return null
    throw error
  }
}

export const startUidList = (
  folder: string,
  head: { uidValidity: number; uidNext: number; guid: string },
) => {
  const path = join(folder, uidListFile)
  writeFileSync(path, headerOf(head), { mode: 0o600 })
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** The greatest UID a list names, from its end: cheap however long it is. */
export const lastUid = (folder: string): number => {
  let handle: number
  try {
    handle = openSync(join(folder, uidListFile), 'r')
  } catch (error) {
    if (isMissing(error)) return 0
    throw error
  }
  try {
    const { size } = fstatSync(handle)
    const tail = Buffer.alloc(Math.min(size, 64 * 1024))
    readSync(handle, tail, 0, tail.length, size - tail.length)
    const uids = [...tail.toString('latin1').matchAll(/^(\d+) D\d+ :.+\n/gm)].map((line) => Number(line[1]))
    return Math.max(0, ...uids)
  } finally {
    closeSync(handle)
  }
}

/** On disk when it resolves. */
export const appendLines = async (path: string, lines: string): Promise<void> => {
  // A few bytes at the end of a file: at once, but for the sync.
  const list = appendTo(path, lines)
  try {
    await syncData(list)
  } finally {
    closeSync(list)
  }
}

/** The whole list anew: after a reindex, or when expunged lines outweigh the living. */
export const writeUidList = async (folder: string, list: UidList): Promise<void> => {
  const next = join(folder, `${uidListFile}.new`)
  const handle = await open(next, 'w', 0o600)
  try {
    const lines = [...list.lines.values()].sort((a, b) => a.uid - b.uid)
    await handle.write(headerOf(list) + lines.map(lineOf).join(''))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(next, join(folder, uidListFile))
  await syncFolder(folder)
}
