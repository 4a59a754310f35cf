// Small messages into their mailboxes, many at once and of many users: written, synced and named, then the folders and
// the UID lists synced. The first sync of each kind does most of the work of the others.
//
// Invariants:
//  - A name is given only to bytes that are on disk; what resolves is on disk with its name and its line.
//  - One message's trouble is its own; a folder or list that cannot be synced fails all that asked for it.
import {
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  futimesSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { promisify } from 'node:util'
import { hasCode } from '../maildir'

export interface LandingFile {
  tmp: string
  to: string
  /** Where its bytes lie in those of all. */
  start: number
  end: number
  /** Becomes INTERNALDATE: milliseconds. */
  at: number
}

export interface Landing {
  bytes: Uint8Array
  files: readonly LandingFile[]
  folders: readonly string[]
  lines: readonly { path: string; text: string }[]
}

/** For each file what went wrong with it, or for all. */
export type Landed = { failed: (string | null)[] } | { failedAll: string }

type SyncFile = (fd: number) => Promise<void> | void

interface Written {
  file: LandingFile
  fd: number
}

const openNew = (path: string): number => {
  try {
    return openSync(path, 'wx', 0o600)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
    // Of a try that was killed; it may be one more name of a file that is not ours to write into.
    unlinkSync(path)
    return openSync(path, 'wx', 0o600)
  }
}

const writeAll = (fd: number, bytes: Uint8Array): void => {
  for (let written = 0; written < bytes.length;) written += writeSync(fd, bytes, written)
}

/** A torn line of an earlier crash is closed first, so that ours stands alone. */
export const appendTo = (path: string, text: string): number => {
  const list = openSync(path, 'a+', 0o600)
  try {
    const { size } = fstatSync(list)
    const last = Buffer.alloc(1)
    if (size > 0) readSync(list, last, 0, 1, size - 1)
    writeAll(list, Buffer.from((size > 0 && last[0] !== 10 ? '\n' : '') + text))
    return list
  } catch (error) {
    closeSync(list)
    throw error
  }
}

/** On a full disk it is what takes the room. */
const dropPart = (path: string): void => {
  try {
    unlinkSync(path)
  } catch {
    // It was never made, or goes when a start finds it.
  }
}

class Batch {
  private readonly failed = new Map<LandingFile, string>()
  constructor(
    private readonly landings: readonly Landing[],
    private readonly sync: SyncFile,
  ) {}

  private each<T>(file: LandingFile, job: () => T): T | null {
    try {
      return job()
    } catch (error) {
      this.failed.set(file, String(error))
      return null
    }
  }

  private write(file: LandingFile, bytes: Uint8Array): Written | null {
    return this.each(file, () => {
      const fd = openNew(file.tmp)
      try {
        writeAll(fd, bytes.subarray(file.start, file.end))
        futimesSync(fd, file.at / 1000, file.at / 1000)
      } catch (error) {
        closeSync(fd)
        throw error
      }
      return { file, fd }
    })
  }

  private async syncOne({ file, fd }: Written): Promise<void> {
    try {
      await this.sync(fd)
    } catch (error) {
      this.failed.set(file, String(error))
    } finally {
      closeSync(fd)
    }
  }

  private async syncNamed(fd: number): Promise<string | null> {
    try {
      await this.sync(fd)
      return null
    } catch (error) {
      return String(error)
    } finally {
      closeSync(fd)
    }
  }

  /** Opened all first, then synced. */
  private async lists({ folders, lines }: Landing): Promise<() => Promise<string | null>> {
    const opened: number[] = []
    try {
      for (const { path, text } of lines) opened.push(appendTo(path, text))
      for (const path of folders) opened.push(openSync(path, constants.O_RDONLY | constants.O_DIRECTORY))
    } catch (error) {
      for (const fd of opened) closeSync(fd)
      return () => Promise.resolve(String(error))
    }
    return async () => {
      const troubles = await Promise.all(opened.map((fd) => this.syncNamed(fd)))
      return troubles.find((each) => each !== null) ?? null
    }
  }

  async run(): Promise<Landed[]> {
    const written = this.landings.flatMap(({ files, bytes }) =>
      files.flatMap((file) => this.write(file, bytes) ?? []),
    )
    await Promise.all(written.map((each) => this.syncOne(each)))
    for (const { file } of written) {
      if (!this.failed.has(file)) this.each(file, () => renameSync(file.tmp, file.to))
    }
    for (const file of this.failed.keys()) dropPart(file.tmp)
    const lists = await Promise.all(this.landings.map((landing) => this.lists(landing)))
    const troubles = await Promise.all(lists.map((list) => list()))
    return this.landings.map(({ files }, at): Landed => {
      const trouble = troubles[at]
      if (typeof trouble === 'string') return { failedAll: trouble }
      return { failed: files.map((file) => this.failed.get(file) ?? null) }
    })
  }
}

export const land = (landings: readonly Landing[], sync: SyncFile): Promise<Landed[]> =>
  new Batch(landings, sync).run()

const syncData = promisify(fdatasync)

/** The data of open files; of each what went wrong. */
export const syncAll = (fds: readonly number[]): Promise<(string | null)[]> =>
  Promise.all(fds.map((fd) => syncData(fd).then(() => null, String)))
