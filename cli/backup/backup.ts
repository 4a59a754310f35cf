// `posthorn backup FOLDER`, while everything runs. Invariants:
// - the folder gets its name when all is in it and on disk: one that bears the name is whole;
// - databases are taken first, each as it stood at one moment, and files after them: mail that came meanwhile is a file that
//   its database does not know yet, which the mail server takes up by itself; so nothing that was there at the start is missing;
//   a database that comes later is taken the same way where it is met, never as a file;
// - the mail server's journal is taken before them: what it alone held at the start may lie in the queue's database a moment
//   later; a start that finds a message in both delivers it once;
// - a message's file never changes, only its name does: on one disk it is linked, not copied.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { copyFile, link, mkdir, open, readdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import Database from 'better-sqlite3'

export class CannotBackUp extends Error {
  override readonly name = 'CannotBackUp'
}

export interface Taken {
  databases: number
  messages: number
  files: number
}

interface Copying {
  from: string
  to: string
  /** The web app's, whose name the administrator chooses. */
  database: string
  databases: Set<string>
  /** Of the mail server, as it was before the databases were taken. */
  journal: Set<string>
  /** Messages by mailbox and name without flags: a flag that changes meanwhile makes no second one. */
  messages: Set<string>
  files: Map<string, string>
  /** Of this walk over the files: a message that changed its name or place under us is looked for again. */
  missed: number
}

/** What is made anew, what belongs to running programs, and the halves of databases. */
const left = (path: string): boolean =>
  /^(web|logs)(\/|$)/.test(path) || path === 'supervisor.lock' || /-(wal|shm|journal)$/.test(path)

const mostWalks = 10

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

const header = Buffer.from('SQLite format 3\0')

const beginsAsDatabase = async (path: string): Promise<boolean> => {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(header.length), 0, header.length, 0)
    return buffer.equals(header)
  } finally {
    await file.close()
  }
}

/** By its name first: half a database that somebody attached is a file like any other. */
const isDatabase = async (path: string, at: Copying): Promise<boolean> => {
  if (!path.endsWith('.db') && path !== at.database) return false
  return beginsAsDatabase(path).catch((error: unknown) => {
    if (isMissing(error)) return false
    throw error
  })
}

const sync = async (path: string): Promise<void> => {
  const file = await open(path)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

interface Found {
  path: string
  kind: 'file' | 'link' | 'folder'
}

/** All that is below, but what stays behind. A folder that goes while it is read is empty; `tmp` counts as empty. */
async function* below(root: string, folder = root): AsyncGenerator<Found> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error) && folder !== root) return []
    throw error
  })
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (left(relative(root, path))) continue
    if (entry.isFile()) yield { path, kind: 'file' }
    if (entry.isSymbolicLink()) yield { path, kind: 'link' }
    if (!entry.isDirectory()) continue
    yield { path, kind: 'folder' }
    if (entry.name !== 'tmp') yield* below(root, path)
  }
}

/** One moment of it, whoever writes meanwhile: everything in one step, because a step that finds a change begins anew. */
const takeDatabase = async (path: string, to: string): Promise<void> => {
  const database = new Database(path, { readonly: true, fileMustExist: true })
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    await database.backup(to, { progress: () => 1_000_000_000 })
    await sync(to)
  } finally {
    database.close()
  }
}

const takeOwnDatabase = async (path: string, at: Copying): Promise<void> => {
  const to = join(at.to, relative(at.from, path))
  try {
    await takeDatabase(path, to)
    at.databases.add(path)
  } catch (error) {
    if (existsSync(path)) throw error
    // Its user was taken away meanwhile.
    await rm(to, { force: true })
  }
}

const takeDatabases = async (at: Copying): Promise<void> => {
  for await (const { path, kind } of below(at.from))
    if (kind === 'file' && !isMessage(path) && (await isDatabase(path, at))) await takeOwnDatabase(path, at)
}

/** maildir(5): what lies in `new` and `cur`; what stands after the colon are flags. */
const isMessage = (path: string): boolean => ['cur', 'new'].includes(basename(dirname(path)))
const messageKey = (path: string): string => `${dirname(dirname(path))}/${basename(path).split(':')[0] ?? ''}`

const takeMessage = async (path: string, to: string, at: Copying): Promise<void> => {
  const key = messageKey(path)
  if (at.messages.has(key)) return
  try {
    await link(path, to).catch(async (error: NodeJS.ErrnoException) => {
      // Another disk, or one without hard links.
      if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP'].includes(error.code ?? '')) throw error
      await copyFile(path, to)
      await sync(to)
    })
    at.messages.add(key)
  } catch (error) {
    if (!isMissing(error)) throw error
    at.missed++
  }
}

/** Once, and again when it was written to since. */
const takeFile = async (path: string, to: string, at: Copying): Promise<void> => {
  try {
    const { size, mtimeMs } = await stat(path)
    const state = `${size} ${mtimeMs}`
    if (at.files.get(path) === state) return
    await copyFile(path, to)
    await sync(to)
    at.files.set(path, state)
  } catch (error) {
    // An upload that was sent, a letter that left the queue.
    if (!isMissing(error)) throw error
  }
}

const takeJournal = async (at: Copying): Promise<void> => {
  const folder = join(at.from, 'mail', 'spool', 'journal')
  if (!existsSync(folder)) return
  await mkdir(join(at.to, relative(at.from, folder)), { recursive: true, mode: 0o700 })
  for (const entry of await readdir(folder)) {
    const path = join(folder, entry)
    await takeFile(path, join(at.to, relative(at.from, path)), at)
    at.journal.add(path)
  }
}

const takeFiles = async (at: Copying, walk: number): Promise<void> => {
  for await (const { path, kind } of below(at.from)) {
    if (at.databases.has(path) || at.journal.has(path)) continue
    const to = join(at.to, relative(at.from, path))
    if (kind === 'folder') await mkdir(to, { recursive: true, mode: 0o700 })
    else if (kind === 'link' && walk === 0) await symlink(await readlink(path), to)
    else if (kind === 'file' && isMessage(path)) await takeMessage(path, to, at)
    // One of a user who came after the databases were taken: its newest rows stand in its -wal.
    else if (kind === 'file' && (await isDatabase(path, at))) await takeOwnDatabase(path, at)
    else if (kind === 'file') await takeFile(path, to, at)
  }
}

/** Until a walk over everything finds nothing new and nothing gone. */
const takeAllFiles = async (at: Copying): Promise<void> => {
  for (let walk = 0; walk < mostWalks; walk++) {
    const before = at.messages.size
    at.missed = 0
    await takeFiles(at, walk)
    if (walk > 0 && at.missed === 0 && at.messages.size === before) return
  }
}

const syncFolders = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await syncFolders(join(folder, entry.name))
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** In the folder's place beside it, until it is whole. */
const begin = (folder: string): string => {
  const unfinished = `${folder}.unfinished`
  try {
    mkdirSync(dirname(folder), { recursive: true })
    mkdirSync(unfinished, { mode: 0o700 })
    return unfinished
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new CannotBackUp(
      `${unfinished} is there already: a backup runs, or one was broken off. Remove it first.`,
    )
  }
}

export interface Wanted {
  home: string
  /** The web app's, where it lies outside the data folder. */
  database: string
  folder: string
}

export const backUp = async ({ home, database, folder: named }: Wanted): Promise<Taken> => {
  const folder = resolve(named)
  if (!relative(home, folder).startsWith('..'))
    throw new CannotBackUp(`${folder} lies in the data folder ${home}: choose a place outside of it`)
  const old = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return null
    throw error
  })
  if (old !== null) throw new CannotBackUp(`${folder} is there already: each backup gets a folder of its own`)
  const to = begin(folder)
  const at: Copying = {
    from: home,
    to,
    database,
    databases: new Set(),
    journal: new Set(),
    messages: new Set(),
    files: new Map(),
    missed: 0,
  }
  await takeJournal(at)
  if (relative(home, database).startsWith('..')) await takeDatabase(database, join(to, 'posthorn.db'))
  await takeDatabases(at)
  await takeAllFiles(at)
  await syncFolders(to)
  await rename(to, folder)
  return { databases: at.databases.size, messages: at.messages.size, files: at.files.size }
}
