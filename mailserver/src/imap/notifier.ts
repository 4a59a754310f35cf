// What a session asked to be told by NOTIFY (RFC 5465), gathered while a command runs and told between commands.
//
// Invariants: nothing is written while a command writes; many events of one mailbox become one STATUS.
import type { MailboxRow, StoreEvent } from '../store/contract'
import { writeMailbox } from './grammar/utf7'
import type { FetchItem } from './grammar/fetch-items'
import type { Session } from './session'
import type { View } from './view'

export type Filter =
  | { kind: 'SELECTED' | 'SELECTED-DELAYED' | 'INBOXES' | 'PERSONAL' | 'SUBSCRIBED' }
  | { kind: 'SUBTREE' | 'MAILBOXES'; names: string[] }

export interface Group {
  filter: Filter
  events: ReadonlySet<string>
  /** What is sent of each message that arrives. */
  fetch: readonly FetchItem[]
}

const eventNames = { exists: 'MESSAGENEW', expunged: 'MESSAGEEXPUNGE', flags: 'FLAGCHANGE' } as const

export class Notifier {
  private readonly touched = new Set<number>()
  private arrived: { view: View; uids: number[] } | null = null
  private known: Map<string, MailboxRow>
  private tree: 'as told' | 'changed' = 'as told'

  constructor(
    private readonly session: Session,
    private readonly groups: readonly Group[],
  ) {
    this.known = this.snapshot()
  }

  /** Of the selected mailbox, news goes out between commands as it does while idling. */
  get selected(): 'at once' | 'later' | null {
    const group = this.groups.find(({ filter }) => filter.kind.startsWith('SELECTED'))
    if (!group || group.events.size === 0) return null
    return group.filter.kind === 'SELECTED' ? 'at once' : 'later'
  }

  /** RFC 5465 section 5.2 */
  get fetch(): readonly FetchItem[] {
    return this.groups.find(({ fetch }) => fetch.length > 0)?.fetch ?? []
  }

  /** The client counts them now. */
  noteArrived(view: View, uids: readonly number[]): void {
    if (this.fetch.length === 0) return
    if (this.arrived?.view !== view) this.arrived = { view, uids: [] }
    for (const uid of uids) this.arrived.uids.push(uid)
  }

  /** Those that are to be fetched, if they are still in what is selected. */
  takeArrived(): number[] {
    const { arrived } = this
    this.arrived = null
    if (!arrived || arrived.view !== this.session.view) return []
    return arrived.uids.filter((uid) => arrived.view.numberOf(uid) > 0)
  }

  hear(event: StoreEvent): void {
    if (event.type === 'mailboxes') {
      this.tree = 'changed'
      return
    }
    if (event.mailbox === this.session.view?.mailbox) return
    const row = this.session.mail.mailboxById(event.mailbox)
    if (row && this.groupOf(row)?.events.has(eventNames[event.type])) this.touched.add(event.mailbox)
  }

  tell(): void {
    if (this.tree === 'changed') this.tellTree()
    for (const id of this.touched) {
      const row = this.session.mail.mailboxById(id)
      if (row) this.tellStatus(row)
    }
    this.touched.clear()
  }

  /** RFC 5465 section 3.1: SET STATUS begins with how things stand. */
  tellAll(): void {
    for (const row of this.session.mail.mailboxes()) {
      const group = this.groupOf(row)
      if (row.selectable && row.id !== this.session.view?.mailbox && group?.events.has('MESSAGENEW')) {
        this.tellStatus(row)
      }
    }
  }

  private tellStatus(row: MailboxRow): void {
    const name = writeMailbox(row.name, this.session.nameForm)
    const counts = `MESSAGES ${row.messages} UIDNEXT ${row.uidNext} UIDVALIDITY ${row.uidValidity} UNSEEN ${row.unseen}`
    this.session.untagged(`STATUS ${name} (${counts} HIGHESTMODSEQ ${row.highestModSeq})`)
  }

  /** RFC 5465 section 5.4: made, renamed and removed mailboxes are told by LIST. */
  private tellTree(): void {
    this.tree = 'as told'
    const former = this.known
    this.known = this.snapshot()
    const form = this.session.nameForm
    for (const [id, row] of this.known) {
      const before = former.get(id)
      const events = this.groupOf(row)?.events
      const renamed = before && before.name !== row.name
      if (events?.has('MAILBOXNAME') && (!before || renamed)) {
        const old = renamed ? ` ("OLDNAME" (${writeMailbox(before.name, form)}))` : ''
        this.session.untagged(`LIST () "/" ${writeMailbox(row.name, form)}${old}`)
      } else if (events?.has('SUBSCRIPTIONCHANGE') && before && before.subscribed !== row.subscribed) {
        const attribute = row.subscribed ? '\\Subscribed' : ''
        this.session.untagged(`LIST (${attribute}) "/" ${writeMailbox(row.name, form)}`)
      }
    }
    for (const [id, row] of former) {
      if (this.known.has(id) || !this.groupOf(row)?.events.has('MAILBOXNAME')) continue
      this.session.untagged(`LIST (\\NonExistent) "/" ${writeMailbox(row.name, form)}`)
    }
  }

  private snapshot(): Map<string, MailboxRow> {
    return new Map(this.session.mail.mailboxes().map((row) => [row.mailboxId, row]))
  }

  /** RFC 5465 section 6: the first filter that fits decides. */
  private groupOf(row: MailboxRow): Group | undefined {
    return this.groups.find(({ filter }) => {
      if (filter.kind === 'PERSONAL') return true
      if (filter.kind === 'INBOXES') return row.name === 'INBOX'
      if (filter.kind === 'SUBSCRIBED') return row.subscribed
      if (!('names' in filter)) return false
      const under = (name: string) => filter.kind === 'SUBTREE' && row.name.startsWith(`${name}/`)
      return filter.names.some((name) => row.name === name || under(name))
    })
  }
}
