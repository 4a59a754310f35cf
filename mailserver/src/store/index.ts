// The store of all users: opens each once, shares it, and closes those nobody has used for longest.
//
// Invariants:
//  - One process at a time holds `folder` (a lock the kernel drops with the process), for file names being written and
//    events live in memory.
//  - One user is open at most once; an open user with work in its lane is not closed.
import { existsSync, mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createLog, type Log } from '../core/log'
import type { Limits } from './context'
import { StoreError, type Store, type UserStore } from './contract'
import { checkedUser } from './names'
import { createDisk, type Disk } from './disk/client'
import { createTextIndex, type TextIndex } from './text/client'
import { contextFor } from './open-user'
import { rebuild, type Rebuilt } from './reindex'
import { OpenStore } from './user-store'
import { markVersion } from './version'

export interface StoreOptions {
  /** Holds one folder per user: `<folder>/<address>/{Maildir,store.db}`. */
  folder: string
  log?: Log
  quotaOf?: (user: string) => Limits
  /** Users kept open though nobody holds them. */
  keepOpen?: number
  /** Databases open at once; a thousand idle connections keep no more. */
  keepAwake?: number
}

interface Held {
  store: OpenStore
  holders: number
}

const holdLock = (folder: string): Database.Database => {
  const lock = new Database(join(folder, '.lock.db'), { timeout: 200 })
  try {
    lock.pragma('locking_mode = exclusive')
    lock.exec('begin exclusive')
    return lock
  } catch (error) {
    lock.close()
    throw new StoreError('in-use', `another process uses ${folder}: ${String(error)}`)
  }
}

/** What an administrator asks of a store nobody else has open. */
export interface Maintenance {
  /** The database anew from the Maildir, with the same UIDs. */
  reindex(user: string): Promise<Rebuilt>
  /** Files by which a Dovecot keeps every UID. */
  exportDovecot(user: string): Promise<Rebuilt>
}

class AllUsers implements Store, Maintenance {
  private readonly held = new Map<string, Held>()
  private readonly lock: Database.Database
  private readonly log: Log
  private readonly text: TextIndex
  private readonly disk: Disk
  constructor(private readonly options: StoreOptions) {
    mkdirSync(options.folder, { recursive: true, mode: 0o700 })
    this.lock = holdLock(options.folder)
    try {
      markVersion(options.folder)
    } catch (error) {
      this.lock.close()
      throw error
    }
    this.log = options.log ?? createLog('error', () => undefined)
    this.text = createTextIndex(this.log)
    this.disk = createDisk(this.log)
  }

  open(user: string): UserStore {
    const known = this.held.get(user)
    if (known) {
      known.holders += 1
      return known.store
    }
    const folder = join(this.options.folder, checkedUser(user))
    const none: Limits = { bytes: null, messages: null }
    const limits = () => this.options.quotaOf?.(user) ?? none
    const store = new OpenStore({ user, folder, log: this.log.child({ user }), limits, ...this.threads() })
    this.held.set(user, { store, holders: 1 })
    this.tidy()
    this.lull()
    return store
  }

  private threads() {
    return { text: this.text, disk: this.disk }
  }

  release(store: UserStore): void {
    const known = this.held.get(store.user)
    if (!known || known.store !== store || known.holders === 0) return
    known.holders -= 1
    if (known.holders > 0) return
    // Last used, last closed: the map keeps the order.
    this.held.delete(store.user)
    this.held.set(store.user, known)
    this.tidy()
  }

  private tidy() {
    const idle = [...this.held.values()].filter(({ store, holders }) => holders === 0 && !store.isBusy)
    const tooMany = idle.length - (this.options.keepOpen ?? 32)
    for (const { store } of idle.slice(0, Math.max(0, tooMany))) this.shut(store)
  }

  /** The longest unused databases rest, though their users are held. */
  private lull() {
    const awake = [...this.held.values()].map(({ store }) => store).filter((store) => store.isAwake)
    const tooMany = awake.length - (this.options.keepAwake ?? 64)
    if (tooMany <= 0) return
    const quiet = awake.filter((store) => !store.isBusy).sort((a, b) => a.lastUsed - b.lastUsed)
    for (const store of quiet.slice(0, tooMany)) {
      store.rest()
      void this.text.forget(join(this.options.folder, store.user))
    }
  }

  private shut(store: OpenStore) {
    store.close()
    this.held.delete(store.user)
    void this.text.forget(join(this.options.folder, store.user))
  }

  async reindex(user: string): Promise<Rebuilt> {
    const folder = this.existing(user)
    await this.closed(user)
    const log = this.log.child({ user })
    const limits = () => ({ bytes: null, messages: null })
    return rebuild(folder, (openFile) =>
      contextFor({ user, folder, log, limits, ...this.threads() }, openFile),
    )
  }

  private existing(user: string): string {
    const folder = join(this.options.folder, checkedUser(user))
    if (!existsSync(join(folder, 'Maildir'))) throw new StoreError('nonexistent', 'no such user')
    return folder
  }

  async exportDovecot(user: string): Promise<Rebuilt> {
    this.existing(user)
    const store = this.open(user) as OpenStore
    try {
      // File names first: the keywords' letters are theirs.
      await store.idle()
      return await store.exportDovecot()
    } finally {
      this.release(store)
    }
  }

  private async closed(user: string) {
    const known = this.held.get(user)
    if (known) {
      if (known.holders > 0) throw new StoreError('in-use', 'the user is connected')
      await known.store.idle()
      this.shut(known.store)
    }
    await this.text.forget(join(this.options.folder, user))
  }

  async remove(user: string): Promise<void> {
    const folder = join(this.options.folder, checkedUser(user))
    await this.closed(user)
    if (existsSync(folder)) await rm(folder, { recursive: true, force: true })
  }

  async close(): Promise<void> {
    for (const { store } of [...this.held.values()]) {
      await store.idle()
      this.shut(store)
    }
    await this.text.close()
    await this.disk.close()
    this.lock.close()
  }
}

export const createStore = (options: StoreOptions): Store & Maintenance => new AllUsers(options)
