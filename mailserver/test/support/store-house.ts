// A store of its own for every test of a file, with one user in it.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { createStore, type StoreOptions } from '../../src/store'
import type { UserStore } from '../../src/store/contract'
import type { OpenStore } from '../../src/store/user-store'

const address = 'alice@posthorn.test'

export const mail = (subject: string, more = '') =>
  Buffer.from(`From: bob@posthorn.test\r\nSubject: ${subject}\r\n${more}\r\nbody of ${subject}\r\n`)

class House {
  folder = ''
  store!: ReturnType<typeof createStore>
  alice!: UserStore

  open(options: Partial<StoreOptions> = {}) {
    this.store = createStore({ folder: this.folder, ...options })
    this.alice = this.store.open(address)
  }
  /** As after the end of the process. */
  async reopen(options: Partial<StoreOptions> = {}) {
    await this.store.close()
    this.open(options)
  }
  async reindex() {
    this.store.release(this.alice)
    const rebuilt = await this.store.reindex(address)
    this.alice = this.store.open(address)
    return rebuilt
  }
  inbox() {
    return this.alice.mailbox('inbox')!
  }
  maildir(...path: string[]) {
    return join(this.folder, address, 'Maildir', ...path)
  }
  filesIn(...path: string[]) {
    return readdirSync(this.maildir(...path))
  }
  deliver(subject: string, more = '') {
    return this.alice.deliver('INBOX', { source: mail(subject, more) })
  }
  flagsOf(uid: number) {
    return this.alice.row(this.inbox().id, uid)!.flags
  }
  /** File names say what the rows say. */
  async settled() {
    await (this.alice as OpenStore).idle()
  }
}

export const storeHouse = (): House => {
  const house = new House()
  beforeEach(() => {
    house.folder = mkdtempSync(join(tmpdir(), 'store-'))
    house.open()
  })
  afterEach(async () => {
    await house.store.close()
    rmSync(house.folder, { recursive: true, force: true })
  })
  return house
}
