// Spool files: one per message, on the file system of the mailboxes, so that local delivery is a hard link.
//
// Invariants: a file is written once and never changed; it is removed only after the last recipient's row is.
// A file without a row was never acknowledged and is swept at start. Bytes and rows go to disk side by side, so a row
// may outlive a power cut that its bytes did not: its checksum tells, and such a message was never acknowledged.
//
// A small message is held until somebody wants it as a file: what goes straight into a mailbox never does (direct.ts).
//
// What stands on top may be known last: room is left for it, and it is written there. Only where it does not fit, the rest is
// written once more, below it, into a file that takes this one's name.
//
// What only touches the file system's memory (a small write, close) is done at once: the way to a thread and back costs
// many times the call. Syncs are on a thread, and so is making the file: where many were deleted lately, ext4 looks for
// an inode for up to a millisecond.
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  fsync,
  futimesSync,
  mkdirSync,
  open,
  readdirSync,
  unlink,
  write,
  writeSync,
} from 'node:fs'
import { open as openFolder, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import { sumAbove } from './checksum'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const base32 = (value: number): string => {
  let text = ''
  for (let left = value; left > 0; left = Math.floor(left / 32)) text = alphabet[left % 32] + text
  return text
}

/** Grows with time, so that ids sort by age; the random end makes it unguessable and unique. */
export const newQueueId = (now: number): string =>
  base32(now) + Array.from(randomBytes(4), (byte) => alphabet[byte % 32]).join('')

/** When an id was given. */
export const queueIdTime = (id: string): number =>
  Array.from(id.slice(0, -4)).reduce((time, letter) => time * 32 + alphabet.indexOf(letter), 0)

/** What a whole file is known by. */
export interface Sealed {
  size: number
  sum: number
  /** Its modification time, which is the message's time of arrival everywhere. */
  at: number
  /** Its bytes, where they are few. */
  bytes: Buffer | null
}

export interface SpoolFile {
  id: string
  path: string
  write(chunk: Buffer): Promise<void>
  /** So many bytes are left free above what is written from now on, for `top`. */
  leave(room: number): void
  /** What was written so far, to be read again. */
  below(): { size: number; open: () => Readable }
  /** What stands above all that; it is asked for as so many bytes as are free, or as any number where null. */
  top(make: (room: number | null) => Buffer): Promise<void>
  /** Nothing more is written. */
  seal(at?: number): Sealed
  /** A sealed one stands there under its name, and its way to the disk has begun. */
  stand(): Promise<{ synced: Promise<void> }>
  discard(): Promise<void>
}

export interface Spool {
  /** Folder for what is not delivered and not thrown away. */
  aside: string
  create(id?: string): SpoolFile
  path(id: string): string
  remove(id: string): Promise<void>
  /** Makes new directory entries durable; callers that come while one runs share the next. */
  sync(): Promise<void>
  ids(): string[]
  close(): Promise<void>
}

/** A sync that is shared: callers that come while one runs wait for the next, which covers them all. */
export const createSharedSync = (sync: () => Promise<void>) => {
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null
  const run = (): Promise<void> => {
    running = sync().finally(() => (running = null))
    return running
  }
  return (): Promise<void> => {
    if (!running) return run()
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null
        return run()
      })
    return next
  }
}

const syncFile = promisify(fsync)
const openAway = promisify(open)
const writeAway = promisify(write)
const unlinkFile = promisify(unlink)

/** Larger writes go to a thread: the kernel may make a writer of much wait for the disk. */
const small = 64 * 1024

const writeAt = async (fd: number, chunk: Buffer, position: number): Promise<void> => {
  let written = 0
  while (written < chunk.length) {
    const [left, to] = [chunk.length - written, position + written]
    written +=
      left <= small
        ? writeSync(fd, chunk, written, left, to)
        : (await writeAway(fd, chunk, written, left, to)).bytesWritten
  }
}

const removeFile = (path: string): Promise<void> =>
  unlinkFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })

class File implements SpoolFile {
  private opening: Promise<number> | null = null
  private standing: Promise<{ synced: Promise<void> }> | null = null
  private state: 'open' | 'sealed' | 'closed' = 'open'
  private room = 0
  private size = 0
  private sum = 0
  private at = 0
  /** The only chunk so far, where it is small. */
  private held: Buffer | null = null

  constructor(
    readonly id: string,
    readonly path: string,
    private readonly now: () => number,
  ) {}

  private async put(chunk: Buffer, at: number): Promise<void> {
    this.opening ??= openAway(this.path, 'wx', 0o600)
    await writeAt(await this.opening, chunk, this.room + at)
  }

  async write(chunk: Buffer): Promise<void> {
    const [at, before] = [this.size, this.held]
    this.size += chunk.length
    this.sum = crc32(chunk, this.sum)
    this.held = at === 0 && chunk.length <= small ? chunk : null
    if (before) await this.put(before, 0)
    if (!this.held) await this.put(chunk, at)
  }

  leave(room: number): void {
    this.room = room
  }

  below(): { size: number; open: () => Readable } {
    const { path, room, held, size } = this
    if (!this.opening) return { size, open: () => Readable.from(held ? [held] : []) }
    return { size, open: () => createReadStream(path, { start: room }) }
  }

  async top(make: (room: number | null) => Buffer): Promise<void> {
    const { held, size: length, sum } = this
    if (!this.opening) {
      Object.assign(this, { room: 0, size: 0, sum: 0, held: null })
      return this.write(Buffer.concat([make(null), ...(held ? [held] : [])]))
    }
    const bytes = make(this.room)
    if (bytes.length === this.room) await writeAt(await this.opening, bytes, 0)
    else await this.moveBelow(bytes)
    this.sum = sumAbove(bytes, { length, sum })
    this.size += bytes.length
  }

  private async moveBelow(top: Buffer): Promise<void> {
    const path = `${this.path}.new`
    const fd = await openAway(path, 'wx', 0o600)
    try {
      await writeAt(fd, top, 0)
      let at = top.length
      for await (const chunk of createReadStream(this.path, { start: this.room })) {
        await writeAt(fd, chunk as Buffer, at)
        at += (chunk as Buffer).length
      }
      await rename(path, this.path)
    } catch (error) {
      closeSync(fd)
      await removeFile(path)
      throw error
    }
    const before = await this.opening
    this.opening = Promise.resolve(fd)
    if (before !== null) closeSync(before)
  }

  private async written(): Promise<number> {
    if (this.held && !this.opening) await this.put(this.held, 0)
    if (!this.opening) throw new Error(`nothing was written to ${this.id}`)
    return this.opening
  }

  seal(at = this.now()): Sealed {
    this.state = 'sealed'
    this.at = at
    return { size: this.size, sum: this.sum, at: this.at, bytes: this.held }
  }

  stand(): Promise<{ synced: Promise<void> }> {
    return (this.standing ??= this.standNow())
  }

  private async standNow(): Promise<{ synced: Promise<void> }> {
    if (this.state !== 'sealed') throw new Error(`${this.id} is not sealed`)
    const fd = await this.written()
    futimesSync(fd, this.at / 1000, this.at / 1000)
    this.state = 'closed'
    const synced = syncFile(fd).finally(() => closeSync(fd))
    // Whoever stood it there asks later; until then a failure is nobody's unhandled one.
    synced.catch(() => {})
    return { synced }
  }

  async discard(): Promise<void> {
    const fd = await this.opening?.catch(() => null)
    // Never made, or somebody else's file of this name.
    if (fd === null || fd === undefined) return
    if (this.state !== 'closed') closeSync(fd)
    this.state = 'closed'
    await removeFile(this.path)
  }
}

/** Are the bytes those that were sealed? */
export const isWhole = async (
  path: string,
  { size, sum }: { size: number; sum: number },
): Promise<boolean> => {
  let read = 0
  let found = 0
  try {
    for await (const chunk of createReadStream(path)) {
      read += (chunk as Buffer).length
      found = crc32(chunk as Buffer, found)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
  return read === size && found === sum
}

export const openSpool = async (folder: string, now: () => number): Promise<Spool> => {
  const [messages, aside] = [join(folder, 'messages'), join(folder, 'torn')] as const
  for (const each of [messages, aside]) mkdirSync(each, { recursive: true, mode: 0o700 })
  const directory = await openFolder(messages)
  const path = (id: string) => join(messages, id)
  return {
    aside,
    path,
    sync: createSharedSync(() => directory.sync()),
    remove: (id) => removeFile(path(id)),
    ids: () => readdirSync(messages),
    close: () => directory.close(),
    create: (id = newQueueId(now())) => new File(id, path(id), now),
  }
}
