import 'server-only'
import { isIP } from 'node:net'
import { ImapFlow } from 'imapflow'
import { AppError } from '@/lib/model/errors'
import { config } from '../config'
import type { Account } from './account'
import { encodeUtf7, fetchItems, flagsOfFetch, rangeToUids, uidOfFetch } from './data'
import { asAppError } from './failure'
import { type FlagsTold, flagsTold } from './flags-told'
import { type Comer, inTurn } from './turnstile'
import {
  easeReading,
  execute,
  type Listener,
  listen,
  startIdle,
  stringOf,
  type Tagged,
  type Token,
  type Untagged,
} from './wire'

// One IMAP connection, in our words. Invariants:
// - every failure is an AppError; nothing returns `false`;
// - `selected` is what the server has told on this connection, and nothing else;
// - a command that is not answered in time ends the connection: what it did is then unknown.

/** The selected mailbox as this connection knows it. */
export interface Selected {
  path: string
  uidValidity: string
  /** Of the moment it was selected; who has seen what came since moves it on. */
  uidNext: number
  /** What it is now, at least: an arrival is told by a number, not by its UID, and takes one UID or more. */
  uidAtLeast: number
  exists: number
  /** Counts what was told of messages that came or went: whoever awaits something sees whether it still holds. */
  moves: number
  /** null where the server keeps no mod-sequences (RFC 7162 section 3.1.2.2). */
  modseq: bigint | null
  readOnly: boolean
  permanentFlags: Set<string>
}

/** What the server said about the selected mailbox on its own account. */
export type Change =
  | { type: 'exists'; count: number }
  | { type: 'vanished'; uids: number[] }
  | { type: 'expunged'; sequence: number }
  | { type: 'flags'; uid: number; flags: string[] }
  | { type: 'status'; untagged: Untagged }
  /** Some folder came, went or changed its name (RFC 5465 section 5.4). */
  | { type: 'folders' }

export interface Connection {
  readonly who: Account
  readonly selected: Selected | null
  readonly alive: boolean
  has(capability: string): boolean
  enabled(extension: string): boolean
  select(path: string): Promise<Selected>
  run(name: string, args?: Token[], on?: Record<string, Listener>, within?: number): Promise<Tagged>
  /** For the parts where imapflow's own commands know more than we want to: LIST and its dialects, APPEND. */
  library<T>(call: (client: ImapFlow) => Promise<T>): Promise<T>
  /** Lets the server tell what happened in the selected mailbox, unless it was selected just now. */
  refresh(): Promise<void>
  /** What the server has said of a message's flags on this connection, where it may be believed: after `refresh()`. */
  flagsOf(uid: number): string[] | null
  /** Until `stop()`; resolves when IDLE has ended in peace. */
  idle(): { stop(): void; ended: Promise<void> }
  encode(path: string): Token
  close(): void
}

interface Options {
  /** Who waits for it. */
  comer?: Comer
  onChange?: (selected: Selected, change: Change) => void
  onClose?: () => void
}

const usualWait = 30_000
/** A mailbox selected this moment has nothing to add. */
const freshMs = 3

// RFC 2971 leaves the fields open; Dovecot takes this one from `login_trusted_networks`, before sign-in, and then logs and
// slows down that address instead of ours.
const originOf = ({ client }: Account): Record<string, string> =>
  client && isIP(client) ? { 'x-originating-ip': client } : {}

const clientFor = (who: Account): ImapFlow => {
  const { host, port, tls, loopback } = config().imap
  return new ImapFlow({
    host,
    port,
    secure: tls === 'implicit',
    // RFC 8314 section 3: a password never leaves in clear text, except on our own machine.
    doSTARTTLS: tls === 'starttls' && !loopback ? true : undefined,
    tls: { rejectUnauthorized: !loopback },
    auth: { user: who.credentials.user, pass: who.credentials.password },
    clientInfo: { name: 'Posthorn', version: false, vendor: false, 'support-url': false, ...originOf(who) },
    logger: false,
    qresync: true,
    disableAutoIdle: true,
    // Beside the server it costs more than it saves, and far away the rows are small.
    disableCompression: true,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 35 * 60_000,
    maxLineLength: 32 * 1024 * 1024,
    maxLiteralSize: 64 * 1024 * 1024,
    maxResponseSize: 128 * 1024 * 1024,
  })
}

const bounded = <T>(work: Promise<T>, within: number, late: () => void): Promise<T> =>
  new Promise<T>((done, failed) => {
    const timer = setTimeout(() => {
      late()
      failed(new AppError('server-slow'))
    }, within)
    work.then(done, (cause: unknown) => failed(asAppError(cause))).finally(() => clearTimeout(timer))
  })

const changesOf = (untagged: Untagged): Change[] => {
  const { name, number, tokens } = untagged
  if (name === 'EXISTS') return [{ type: 'exists', count: number }]
  if (name === 'EXPUNGE') return [{ type: 'expunged', sequence: number }]
  if (name === 'LIST') return [{ type: 'folders' }]
  if (name === 'STATUS') return [{ type: 'status', untagged }]
  // RFC 7162 section 3.2.10: VANISHED [(EARLIER)] uids
  if (name === 'VANISHED') return [{ type: 'vanished', uids: rangeToUids(stringOf(tokens.at(-1))) }]
  const items = fetchItems(tokens)
  const uid = uidOfFetch(items)
  const flags = flagsOfFetch(items)
  return name === 'FETCH' && uid && flags ? [{ type: 'flags', uid, flags }] : []
}

const applyTo = (selected: Selected, change: Change): void => {
  if (change.type === 'exists' || change.type === 'expunged' || change.type === 'vanished') selected.moves++
  if (change.type === 'exists') {
    selected.uidAtLeast += Math.max(0, change.count - selected.exists)
    selected.exists = change.count
  }
  if (change.type === 'expunged') selected.exists = Math.max(0, selected.exists - 1)
  if (change.type === 'vanished') selected.exists = Math.max(0, selected.exists - change.uids.length)
}

const noteIn = (told: FlagsTold, untagged: Untagged, changes: readonly Change[]): void => {
  if (untagged.name === 'FETCH') told.note(untagged)
  for (const change of changes) {
    if (change.type === 'vanished') told.forget(change.uids)
    if (change.type === 'expunged') told.forgetAll()
  }
}

/** What an answer tells of flags is noted, whoever asked for it. */
const noting = (told: FlagsTold, on: Record<string, Listener> = {}): Record<string, Listener> => {
  const { FETCH: listen } = on
  if (!listen) return on
  return {
    ...on,
    FETCH: (untagged) => {
      told.note(untagged)
      listen(untagged)
    },
  }
}

const selectedOf = (client: ImapFlow): Selected => {
  const box = client.mailbox
  if (!box) throw new AppError('mailbox-gone')
  return {
    path: box.path,
    uidValidity: String(box.uidValidity ?? 0n),
    uidNext: box.uidNext ?? 0,
    uidAtLeast: box.uidNext ?? 0,
    exists: box.exists ?? 0,
    moves: 0,
    modseq: box.noModseq ? null : (box.highestModseq ?? null),
    readOnly: box.readOnly ?? false,
    permanentFlags: box.permanentFlags ?? new Set(),
  }
}

export const connect = async (
  who: Account,
  { comer = 'person', onChange, onClose }: Options = {},
): Promise<Connection> => {
  const client = clientFor(who)
  let selected: Selected | null = null
  let alive = true
  let selectedAt = 0
  const told = flagsTold()
  const dead = () => {
    if (!alive) return
    alive = false
    onClose?.()
  }
  client.on('close', dead)
  client.on('error', dead)
  easeReading(client)
  const close = () => {
    client.close()
    dead()
  }
  await inTurn(comer, () => bounded(client.connect(), 30_000, close)).catch((cause: unknown) => {
    // The library leaves a connection open whose sign-in was refused.
    close()
    throw cause
  })
  listen(client, ['EXISTS', 'EXPUNGE', 'VANISHED', 'FETCH', 'STATUS', 'LIST'], (untagged) => {
    if (!selected) return
    const changes = changesOf(untagged)
    noteIn(told, untagged, changes)
    for (const change of changes) {
      applyTo(selected, change)
      // The library counts down for EXPUNGE only, and an arrival that brings its old count back is none to it.
      if (client.mailbox) client.mailbox.exists = selected.exists
      onChange?.(selected, change)
    }
  })
  // The library's APPEND keeps the EXISTS of its own message to itself; the server will not say it again.
  client.on('exists', ({ path, count }) => {
    if (!selected || path !== selected.path || count === selected.exists) return
    const change = { type: 'exists', count } as const
    applyTo(selected, change)
    onChange?.(selected, change)
  })
  const guarded = <T>(work: Promise<T>, within = usualWait) => bounded(work, within, close)
  return {
    who,
    get selected() {
      return selected
    },
    get alive() {
      return alive && client.usable
    },
    has: (capability) => client.capabilities.has(capability) || client.capabilities.has(`${capability}=`),
    enabled: (extension) => client.enabled.has(extension),
    select: async (path) => {
      selected = null
      told.forgetAll()
      await guarded(client.mailboxOpen(path))
      selected = selectedOf(client)
      selectedAt = performance.now()
      return selected
    },
    refresh: async () => {
      if (performance.now() - selectedAt >= freshMs) await guarded(execute(client, { name: 'NOOP' }))
    },
    run: (name, args, on, within) => {
      if (name.endsWith('STORE')) told.forgetAll()
      return guarded(execute(client, { name, args, on: noting(told, on) }), within)
    },
    library: (call) => {
      told.forgetAll()
      return guarded(call(client), 120_000)
    },
    // RFC 7162 section 3.2.4: from QRESYNC on, every FETCH that the server sends by itself names the UID.
    flagsOf: (uid) => (client.enabled.has('QRESYNC') ? told.of(uid) : null),
    idle: () => {
      const idling = startIdle(client, () => undefined)
      return { stop: idling.done, ended: guarded(idling.ended, 30 * 60_000) }
    },
    encode: (path) => ({ type: 'STRING', value: spelled(client, path) }),
    close,
  }
}

// RFC 6855 section 3 with UTF8=ACCEPT; otherwise modified UTF-7.
const spelled = (client: ImapFlow, path: string): string =>
  client.enabled.has('UTF8=ACCEPT') || client.enabled.has('IMAP4REV2') ? path : encodeUtf7(path)
