import type { Duplex } from 'node:stream'
import type { Log } from '../core/log'
import type { Directory, SignIn } from '../directory/contract'
import type { Store } from '../store/contract'
import { err, ok, type Reply, type State } from './command'
import type { Lines } from './lines'
import { openMaildrop, type Locks, type Maildrop } from './maildrop'

export interface Surroundings {
  store: Store
  directory: Directory
  log: Log
  locks: Locks
  /** Puts TLS on the connection; null where it is on already. */
  startTls: (() => Duplex) | null
}

/** `open`: passwords may be sent as they are, for the line is encrypted or never leaves this machine. */
export type LineSafety = 'encrypted' | 'open' | 'exposed'

export class Session {
  /** What USER said, until PASS or anything else. */
  named: string | null = null
  private drop: Maildrop | null = null
  private locked: string | null = null

  constructor(
    readonly around: Surroundings,
    readonly lines: Lines,
    readonly ask: (prompt: string) => Promise<string | null>,
    readonly peer: string,
    public safety: LineSafety,
  ) {}

  get state(): State {
    return this.drop ? 'transaction' : 'authorization'
  }

  get maildrop(): Maildrop {
    if (!this.drop) throw new Error('nobody is signed in')
    return this.drop
  }

  async signIn(login: string, password: string): Promise<Reply> {
    return this.enter(await this.around.directory.authenticate(login, password, this.peer))
  }

  /** What the directory decided, however the client proved itself. */
  async enter(answer: SignIn): Promise<Reply> {
    const { locks, store } = this.around
    if (!answer.ok) return answer.reason === 'slow-down' ? slowDown : refused
    const { address } = answer.user
    if (!locks.take(address)) return err('another session has this mailbox open', 'IN-USE')
    this.locked = address
    this.drop = await openMaildrop(store, address)
    this.around.log.info('pop3-signed-in', { user: address, peer: this.peer })
    return ok(`${this.drop.all.length} messages`)
  }

  /** The end, whatever ended it: without QUIT nothing that was marked is deleted. */
  close(): void {
    if (this.drop) this.around.store.release(this.drop.mail)
    if (this.locked) this.around.locks.release(this.locked)
    this.drop = null
    this.locked = null
  }
}

const refused = err('the name or the password is wrong', 'AUTH')
const slowDown = err('too many tries: wait a little', 'LOGIN-DELAY')
