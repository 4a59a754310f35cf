// What one POP3 session sees: INBOX as it was when the session began, under an exclusive lock.
//
// Invariants: numbers do not move while the session lasts (RFC 1939 section 4); nothing is deleted before QUIT
// (section 6); a message that IMAP removed meanwhile is answered with -ERR, never with another message.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { MailboxRow, Store, UserStore } from '../store/contract'

export interface Drop {
  number: number
  uid: number
  size: number
  /** RFC 1939 section 7, UIDL: never given to another message of this mailbox. */
  uidl: string
}

export class Maildrop {
  private readonly marked = new Set<number>()

  constructor(
    readonly mail: UserStore,
    readonly mailbox: number,
    readonly all: readonly Drop[],
  ) {}

  get present(): Drop[] {
    return this.all.filter(({ uid }) => !this.marked.has(uid))
  }

  /** Null when the number is not one, out of range, or marked as deleted. */
  find(text: string): Drop | null {
    if (!/^[0-9]{1,9}$/.test(text)) return null
    const drop = this.all[Number(text) - 1]
    return drop && !this.marked.has(drop.uid) ? drop : null
  }

  mark(drop: Drop): void {
    this.marked.add(drop.uid)
  }

  unmarkAll(): void {
    this.marked.clear()
  }

  /** RFC 1939 section 6, the UPDATE state. */
  async update(): Promise<void> {
    if (this.marked.size === 0) return
    const uids = [...this.marked]
    await this.mail.setFlags(this.mailbox, uids, { how: 'add', flags: ['\\Deleted'] })
    await this.mail.expunge(this.mailbox, uids)
  }
}

/** One POP3 session per mailbox at a time (RFC 1939 section 4); IMAP goes on beside it. */
export class Locks {
  private readonly held = new Set<string>()

  take(user: string): boolean {
    if (this.held.has(user)) return false
    this.held.add(user)
    return true
  }

  release(user: string): void {
    this.held.delete(user)
  }
}

const perSlice = 500

const readDrops = async (mail: UserStore, { id, uidValidity }: MailboxRow): Promise<Drop[]> => {
  const drops: Drop[] = []
  for (const { uid, size } of mail.eachRow(id)) {
    drops.push({ number: drops.length + 1, uid, size, uidl: `${uidValidity.toString(36)}.${uid}` })
    // A large mailbox: other connections have their turn.
    if (drops.length % perSlice === 0) await nextTurn()
  }
  return drops
}

export const openMaildrop = async (store: Store, user: string): Promise<Maildrop> => {
  const mail = store.open(user)
  try {
    const inbox = mail.mailbox('INBOX')
    if (!inbox) throw new Error('a user without INBOX')
    await mail.refresh(inbox.id)
    return new Maildrop(mail, inbox.id, await readDrops(mail, inbox))
  } catch (error) {
    store.release(mail)
    throw error
  }
}
