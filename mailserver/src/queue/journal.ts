// Small messages between their 250 and their mailbox: envelope and bytes in one record of one file, so that one fdatasync
// makes all of them durable that came while the last one ran. Overwritten from its start again and again: in a file that
// does not grow, a sync is one write.
//
// Invariants:
//  - `add` resolves only when the record is on disk. A record counts until it is revoked, or its file is begun anew.
//  - A file is begun anew only when nothing of it is owed. Its records then carry another key, drawn after the old ones
//    were written: no message can hold bytes that pass for a record.
//  - What cannot be written or synced is nobody's: the journal takes nothing more until the next start.
import { randomBytes } from 'node:crypto'
import { closeSync, fdatasync, fsyncSync, mkdirSync, openSync, writeSync, writevSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { keyLength, readAll, record, type JournalEntry, type Line } from './journal-records'

const syncData = promisify(fdatasync)

/** From here on the other file is begun, where it is free. */
const turnAt = 4 * 1024 * 1024
/** Something owed for long keeps its file, and the other one grows. */
const longest = 64 * 1024 * 1024
const mostOwed = 16 * 1024 * 1024
const perEntry = 1024
const clearAfter = 1000

/** Where an entry lies, until it is settled. */
export interface Owed {
  id: string
  part: Part
  length: number
}

export interface Journal {
  /** What the last run owed when it ended, oldest first. */
  found: readonly JournalEntry[]
  /** There is room, and the disk has not failed. */
  takes(bytes: number): boolean
  add(entry: JournalEntry): Promise<Owed>
  /** Nothing is owed any more; after a death it may be found once more. */
  settle(owed: Owed): void
  /** On disk when it resolves: this one is never found again. */
  revoke(owed: Owed): Promise<void>
  /** What was found is somebody else's to remember. */
  forget(): void
  close(): void
}

interface Part {
  fd: number
  key: Buffer
  position: number
  owed: number
}

interface Waiting {
  line: Omit<Line, 'order'>
  body: Buffer
  /** A revocation lies behind what it revokes, for as long as that. */
  into: Part | null
  done: (part: Part) => void
  failed: (error: unknown) => void
}

interface Told {
  step: (name: string) => void
  /** Once: from then on nothing is taken. */
  onBroken: (error: unknown) => void
}

class TwoParts implements Journal {
  private waiting: Waiting[] = []
  private state: 'unread' | 'idle' | 'writing' | 'broken' = 'idle'
  private order = 0
  private bytesOwed = 0
  private clearing: NodeJS.Timeout | null = null
  private readonly parts: [Part, Part]
  private active: Part

  constructor(
    paths: readonly [string, string],
    public found: readonly JournalEntry[],
    private readonly told: Told,
  ) {
    const open = (path: string): Part => ({
      fd: openSync(path, 'r+'),
      key: randomBytes(keyLength),
      position: 0,
      owed: 0,
    })
    this.parts = [open(paths[0]), open(paths[1])]
    this.active = this.parts[0]
    if (found.length > 0) this.state = 'unread'
  }

  takes(bytes: number): boolean {
    const isOpen = this.state === 'idle' || this.state === 'writing'
    return isOpen && this.bytesOwed + bytes <= mostOwed && this.active.position <= longest
  }

  async add({ id, head, bytes }: JournalEntry): Promise<Owed> {
    const length = bytes.length + perEntry
    this.bytesOwed += length
    try {
      return { id, part: await this.write({ line: { id, head }, body: bytes, into: null }), length }
    } catch (error) {
      this.bytesOwed -= length
      throw error
    }
  }

  async revoke(owed: Owed): Promise<void> {
    const line = { id: owed.id, revoked: true } as const
    this.release(await this.write({ line, body: Buffer.alloc(0), into: owed.part }))
    this.settle(owed)
  }

  settle({ part, length }: Owed): void {
    this.bytesOwed -= length
    this.release(part)
  }

  private release(part: Part) {
    part.owed -= 1
    if (part.owed > 0) return
    this.begin(part)
    this.clearing ??= setTimeout(() => this.clear(), clearAfter).unref()
  }

  private begin(part: Part) {
    part.position = 0
    part.key = randomBytes(keyLength)
  }

  /** What is settled is not to be found by a start in a year, when nobody knows it for delivered any more. */
  private clear() {
    this.clearing = null
    try {
      for (const part of this.parts) {
        if (part.position === 0) writeSync(part.fd, Buffer.alloc(keyLength), 0, keyLength, 0)
      }
    } catch (error) {
      this.give(error)
    }
  }

  /** Told once: whatever follows has the same cause. */
  private give(error: unknown) {
    if (this.state === 'broken') return
    this.state = 'broken'
    this.told.onBroken(error)
  }

  forget(): void {
    for (const part of this.parts) {
      writeSync(part.fd, Buffer.alloc(keyLength), 0, keyLength, 0)
      fsyncSync(part.fd)
    }
    this.found = []
    this.state = 'idle'
  }

  close(): void {
    if (this.clearing) {
      clearTimeout(this.clearing)
      this.clear()
    }
    for (const { fd } of this.parts) closeSync(fd)
  }

  private write(asked: Pick<Waiting, 'line' | 'body' | 'into'>): Promise<Part> {
    return new Promise((done, failed) => {
      if (this.state === 'broken') return failed(new Error('the journal could not be written'))
      this.waiting.push({ ...asked, done, failed })
      if (this.state === 'writing') return
      this.state = 'writing'
      setImmediate(() => void this.writeWaiting())
    })
  }

  /** Those that go into one file together. */
  private nextGroup(): { part: Part; all: Waiting[] } {
    const other = this.parts.find((part) => part !== this.active)!
    if (this.active.position > turnAt && other.owed === 0) this.active = other
    const part = this.waiting[0]?.into ?? this.active
    const all = this.waiting.filter(({ into }) => (into ?? this.active) === part)
    this.waiting = this.waiting.filter(({ into }) => (into ?? this.active) !== part)
    return { part, all }
  }

  private async writeWaiting(): Promise<void> {
    while (this.waiting.length > 0) {
      const { part, all } = this.nextGroup()
      // From here on: what is settled meanwhile must not let this file be begun anew.
      part.owed += all.length
      const start = part.position
      try {
        await this.writeTogether(part, all)
        for (const { done } of all) done(part)
      } catch (error) {
        this.fail({ part, all, start }, error)
        return
      }
    }
    if (this.state === 'writing') this.state = 'idle'
  }

  private fail({ part, all, start }: { part: Part; all: Waiting[]; start: number }, error: unknown) {
    this.give(error)
    try {
      // What was refused is not to be found.
      writeSync(part.fd, Buffer.alloc(keyLength), 0, keyLength, start)
    } catch {
      // The disk is beyond that, too.
    }
    all.forEach(() => this.release(part))
    for (const { failed } of [...all, ...this.waiting]) failed(error)
    this.waiting = []
  }

  private async writeTogether(part: Part, all: readonly Waiting[]): Promise<void> {
    const buffers = all.flatMap(({ line, body }) =>
      record(part.key, Buffer.from(JSON.stringify({ order: this.order++, ...line })), body),
    )
    const length = buffers.reduce((sum, each) => sum + each.length, 0)
    if (writevSync(part.fd, buffers, part.position) !== length) throw new Error('the disk is full')
    part.position += length
    this.told.step('journal-written')
    await syncData(part.fd)
    this.told.step('journal-synced')
  }
}

export const openJournal = (folder: string, told: Told): Journal => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const paths = [join(folder, 'a'), join(folder, 'b')] as const
  for (const path of paths) closeSync(openSync(path, 'a', 0o600))
  const directory = openSync(folder, 'r')
  fsyncSync(directory)
  closeSync(directory)
  return new TwoParts(paths, readAll(paths), told)
}
