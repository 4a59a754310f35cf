// What one connection knows: who is signed in, what is selected, what was enabled. Commands get it and change it.
import type { Duplex } from 'node:stream'
import type { Log } from '../core/log'
import type { Directory, User } from '../directory/contract'
import type { Store, StoreEvent, UserStore } from '../store/contract'
import { announce } from './announce'
import type { State } from './command'
import { Contents } from './fetch/content'
import { tellAll } from './fetch/tell'
import type { NameForm } from './grammar/utf7'
import type { Intake } from './wire/intake'
import type { Outlet } from './wire/outlet'
import type { Notifier } from './notifier'
import type { View } from './view'

export type Extension = 'CONDSTORE' | 'QRESYNC' | 'UTF8=ACCEPT'

export interface Limits {
  /** Bytes of the largest message APPEND takes (RFC 7889). */
  message: number
}

export interface Surroundings {
  store: Store
  directory: Directory
  log: Log
  limits: Limits
  /** Where large literals wait; on the store's file system, so that it can link them. */
  folder: string
  /** Puts TLS on the connection; null where it is on already or not to be had. */
  startTls: (() => Promise<Duplex>) | null
  capabilities(session: Session): string
}

export class Session {
  readonly enabled = new Set<Extension>()
  view: View | null = null
  ended = false
  compressed = false
  private person: { user: User; mail: UserStore; contents: Contents } | null = null
  private unwatch: (() => void) | null = null
  private idling = false
  /** A command is being answered: nothing else may be written into its lines. */
  private answering = false
  private notifier: Notifier | null = null
  private stirring = false
  /** What NOTIFY asked to be fetched goes out: nothing else may be written into it. */
  private telling: Promise<void> | null = null

  constructor(
    readonly around: Surroundings,
    readonly intake: Intake,
    readonly out: Outlet,
    readonly peer: string,
    /** `open`: passwords may be sent as they are, for the line is encrypted or never leaves this machine. */
    public line: 'encrypted' | 'open' | 'exposed',
  ) {}

  get state(): State {
    if (!this.person) return 'greeted'
    return this.view ? 'selected' : 'signed in'
  }

  get mail(): UserStore {
    if (!this.person) throw new Error('nobody is signed in')
    return this.person.mail
  }

  get contents(): Contents {
    if (!this.person) throw new Error('nobody is signed in')
    return this.person.contents
  }

  get user(): User | null {
    return this.person?.user ?? null
  }

  get selected(): View {
    if (!this.view) throw new Error('no mailbox is selected')
    return this.view
  }

  get nameForm(): NameForm {
    return this.enabled.has('UTF8=ACCEPT') ? 'utf8' : 'utf7'
  }

  untagged(text: string): void {
    this.out.write(`* ${text}\r\n`)
  }

  /** What keeps the line alive while a client idles; not into something that is being told, which does the same. */
  stillHere(): void {
    if (!this.telling) this.untagged('OK still here')
  }

  bye(reason: string): void {
    // Within a literal it would be taken for a part of the message.
    if (!this.telling) this.untagged(`BYE ${reason}`)
    this.ended = true
  }

  capabilities(): string {
    return this.around.capabilities(this)
  }

  signIn(user: User): void {
    const mail = this.around.store.open(user.address)
    this.person = { user, mail, contents: new Contents(mail) }
    this.unwatch = mail.watch((event) => this.hear(event))
  }

  setNotifier(notifier: Notifier | null): void {
    this.notifier = notifier
  }

  /** Between commands, what NOTIFY asked for is told by itself. */
  setAnswering(on: boolean): void {
    this.answering = on
    if (!on && this.notifier) this.stir()
  }

  select(view: View | null): void {
    this.view = view
  }

  /** Resolves when a whole line can be written. */
  async told(): Promise<void> {
    await this.telling
  }

  noteArrived(view: View, uids: readonly number[]): void {
    this.notifier?.noteArrived(view, uids)
  }

  /** Tells what waits; `with expunges` only where sequence numbers may shift (RFC 9051 section 7.5.1). */
  tellNews(which: 'with expunges' | 'without expunges'): void {
    if (this.view) announce(this, this.view, which)
  }

  /** While idling, news goes out by itself. */
  setIdling(on: boolean): void {
    this.idling = on
    if (on) this.tellNews('with expunges')
  }

  /** The end of the connection, whatever ended it. */
  close(): void {
    this.ended = true
    this.unwatch?.()
    this.unwatch = null
    this.view = null
    this.notifier = null
    if (this.person) this.around.store.release(this.person.mail)
    this.person = null
  }

  private hear(event: StoreEvent): void {
    const { view } = this
    this.notifier?.hear(event)
    if (view && event.type === 'mailboxes') this.checkMailbox(view)
    view?.note(event)
    if (this.idling || this.notifier) this.stir()
  }

  /** RFC 2180 section 3.3: another session deleted the mailbox; numbers mean nothing any more. */
  private checkMailbox(view: View): void {
    if (this.mail.mailboxById(view.mailbox)?.selectable) return
    this.endNow('the selected mailbox was deleted')
  }

  /** Many events of one moment make one announcement; a client that does not read makes them wait. */
  private stir(): void {
    if (this.stirring) return
    this.stirring = true
    setImmediate(() => {
      this.stirring = false
      try {
        this.tellWhatWaits()
      } catch (error) {
        this.endBroken(error)
      }
    })
  }

  private tellWhatWaits(): void {
    if (this.ended || this.telling || (this.answering && !this.idling)) return
    if (this.out.behind) return void this.out.breathe().then(() => this.stir())
    if (this.idling) this.tellNews('with expunges')
    else if (this.notifier?.selected) {
      // RFC 5465 section 6.1: SELECTED-DELAYED keeps expunges for the next command.
      this.tellNews(this.notifier.selected === 'at once' ? 'with expunges' : 'without expunges')
    }
    this.notifier?.tell()
    this.tellArrivals()
  }

  /** News that cannot be told leaves the client's numbers wrong: this connection ends, and no other. */
  private endBroken(error: unknown): void {
    this.around.log.error('imap-news-not-told', {
      user: this.user?.address,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
    this.endNow('something went wrong here; it was written down')
  }

  private endNow(reason: string): void {
    this.bye(reason)
    this.out.end()
    this.intake.stop()
  }

  private tellArrivals(): void {
    const { notifier } = this
    const uids = notifier?.takeArrived() ?? []
    if (!notifier || uids.length === 0) return
    const work = async () => {
      try {
        await tellAll(this, uids, notifier.fetch)
      } catch (error) {
        this.around.log.error('imap-arrivals-not-told', { user: this.user?.address, error: String(error) })
      }
      this.telling = null
      this.stir()
    }
    this.telling = work()
  }
}
