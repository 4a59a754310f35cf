// File names and durable file operations of a Maildir (cr.yp.to/proto/maildir.html, Maildir++ sizes).
//
// Invariants:
//  - A base name is used once: time, process and a counter, or the delivery's own hash.
//  - What `durableFile` and `syncFolder` resolved is on disk.
import { createHash, randomBytes } from 'node:crypto'
import { closeSync, constants, fsync, linkSync, openSync, type Stats } from 'node:fs'
import { copyFile, link, open, stat, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { promisify } from 'node:util'

const letterOf: Record<string, string> = {
  '\\Draft': 'D',
  '\\Flagged': 'F',
  '\\Answered': 'R',
  '\\Seen': 'S',
  '\\Deleted': 'T',
}
const flagOf = Object.fromEntries(Object.entries(letterOf).map(([flag, letter]) => [letter, flag]))

const host = hostname()
  .replace(/[^A-Za-z0-9.-]/g, '_')
  .slice(0, 60)
const start = randomBytes(3).toString('hex')
let counter = 0

/** Sizes in the name (Maildir++) let a quota be counted without a stat; S is on disk, W with CRLF line ends. */
export const newBase = (size: number): string => {
  const now = Date.now()
  const millis = String(now % 1000).padStart(3, '0')
  return `${Math.floor(now / 1000)}.M${millis}000P${process.pid}Q${counter++}R${start}.${host},S=${size},W=${size}`
}

export const deliveryHash = (deliveryId: string): string =>
  createHash('sha256').update(deliveryId).digest('base64url').slice(0, 27)

/** One delivery has one base name for ever, so that a second try after a crash meets the first one's file. */
export const deliveryBase = (hash: string, at: Date, size: number): string =>
  `${Math.floor(at.getTime() / 1000)}.D${hash}.${host},S=${size},W=${size}`

export const deliveryHashOf = (base: string): string | null =>
  /^\d+\.D([A-Za-z0-9_-]{27})\./.exec(base)?.[1] ?? null

/** `new/123.M1.host` or `cur/123.M1.host:2,FS` */
export const splitName = (name: string): { base: string; letters: string; isNew: boolean } => {
  const file = name.slice(4)
  const colon = file.lastIndexOf(':2,')
  return {
    base: colon === -1 ? file : file.slice(0, colon),
    letters: colon === -1 ? '' : file.slice(colon + 3),
    isNew: name.startsWith('new/'),
  }
}

/** `keywords` maps a keyword to its letter in this mailbox; the twenty-seventh and later have none (more-keywords.ts). */
export const nameFor = (
  base: string,
  flags: readonly string[],
  keywords: ReadonlyMap<string, string>,
): string => {
  const letters = flags.map((flag) => letterOf[flag] ?? keywords.get(flag.toLowerCase()) ?? '')
  return `cur/${base}:2,${[...new Set(letters)].sort().join('')}`
}

export const flagsFrom = (letters: string, keywordOf: (letter: string) => string | null): string[] =>
  [...new Set(letters)].flatMap((letter) => flagOf[letter] ?? keywordOf(letter) ?? [])

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

export const hasCode = (error: unknown, code: string) =>
  error instanceof Error && 'code' in error && error.code === code

const syncDescriptor = promisify(fsync)

/** Opened and closed at once: the way to a thread and back costs several times what that does; the sync goes there. */
export const syncFolder = async (path: string): Promise<void> => {
  const folder = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await syncDescriptor(folder)
  } finally {
    closeSync(folder)
  }
}

/** Bytes into a file that is on disk when this resolves; INTERNALDATE is the file's mtime. */
export const durableFile = async (path: string, bytes: Buffer, at: Date): Promise<void> => {
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.utimes(at, at)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A second name for a file that is on disk; where the file systems do not allow it, the caller copies. */
export const linkNow = (source: string, path: string): 'linked' | 'cannot' => {
  try {
    linkSync(source, path)
    return 'linked'
  } catch (error) {
    // The second try of a delivery meets the first one's file.
    if (hasCode(error, 'EEXIST')) return 'linked'
    if (hasCode(error, 'EXDEV') || hasCode(error, 'EPERM') || hasCode(error, 'EMLINK')) return 'cannot'
    throw error
  }
}

const syncFile = async (path: string, at: Date) => {
  const handle = await open(path, 'r+')
  try {
    await handle.utimes(at, at)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Into tmp/ by hard link; by copy where the source is on another file system. */
export const durableLink = async (source: string, path: string, at: Date): Promise<void> => {
  await unlinkIfThere(path)
  try {
    await link(source, path)
  } catch (error) {
    if (!hasCode(error, 'EXDEV') && !hasCode(error, 'EPERM') && !hasCode(error, 'EMLINK')) throw error
    await copyFile(source, path, constants.COPYFILE_EXCL)
  }
  await syncFile(path, at)
}

export const unlinkIfThere = (path: string): Promise<void> =>
  unlink(path).catch((error: unknown) => {
    if (!isMissing(error)) throw error
  })

export const statIfThere = (path: string): Promise<Stats | null> =>
  stat(path).catch((error: unknown) => {
    if (isMissing(error)) return null
    throw error
  })
