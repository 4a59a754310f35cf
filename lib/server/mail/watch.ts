import 'server-only'
import { AppError } from '@/lib/model/errors'
import { messageIdOf } from '@/lib/model/message-id'
import type { Account } from './account'
import { type Change, connect, type Connection, type Selected } from './connection'
import { rangeToUids } from './data'
import { knowMessages } from './facts'
import { summaryOf } from './list'
import { countsOf, folderIdOf } from './mailboxes'
import { forgetOrder, noteArrived, noteChange } from './order'
import { flagsOf } from './reshape'
import type { Tell } from './told'
import { lookAround, startNotify, type Surroundings } from './watch-folders'
import { atom, numbersIn, sequence, stringOf } from './wire'

// One watcher per account while somebody looks: IDLE on INBOX (RFC 2177), the other folders by NOTIFY
// (RFC 5465) or, at a calm pace, by LIST-STATUS. Invariants:
// - what it tells has happened, and may be told twice;
// - after a gap it says `stale`, never guesses;
// - it ends only by stop().

const calmMs = 20_000
const notifiedMs = 8 * 60_000
const withoutIdleMs = 5000
const settleMs = 10
const longestBackoffMs = 60_000
const mostRows = 200

interface Watching {
  who: Account
  tell: Tell
  state: 'running' | 'stopped'
  connection: Connection | null
  pending: Change[]
  /** Breaks the wait, whatever it is. */
  wake: () => void
}

const pause = (at: Watching, ms: number): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, ms)
    at.wake = () => {
      clearTimeout(timer)
      done()
    }
  })

/** Listens until there is news, or for `ms`. */
const listenFor = async (at: Watching, connection: Connection, ms: number): Promise<void> => {
  if (!connection.has('IDLE')) {
    await pause(at, Math.min(ms, withoutIdleMs))
    if (at.state === 'running') await connection.run('NOOP')
    return
  }
  const idling = connection.idle()
  let settling: NodeJS.Timeout | null = null
  const timer = setTimeout(idling.stop, ms)
  // A delivery comes as several lines: a breath, and they are one event.
  at.wake = () => void (settling ??= setTimeout(idling.stop, settleMs))
  if (at.pending.length > 0) at.wake()
  try {
    await idling.ended
  } finally {
    clearTimeout(timer)
    if (settling) clearTimeout(settling)
  }
}

const searchNew = async (connection: Connection, from: number): Promise<number[]> => {
  const found: number[] = []
  await connection.run('UID SEARCH', [atom('UID'), sequence(`${from}:*`)], {
    SEARCH: ({ tokens }) => void found.push(...numbersIn(tokens).slice(0, 10_000)),
    ESEARCH: ({ tokens }) => {
      const at = tokens.findIndex((token) => stringOf(token).toUpperCase() === 'ALL')
      if (at >= 0) found.push(...rangeToUids(stringOf(tokens[at + 1]), 10_000))
    },
  })
  return found.filter((uid) => uid >= from).sort((a, b) => a - b)
}

const tellArrived = async (at: Watching, connection: Connection, inbox: Selected): Promise<void> => {
  const uids = await searchNew(connection, inbox.uidNext)
  const last = uids.at(-1)
  if (last === undefined) return
  inbox.uidNext = last + 1
  const known = await knowMessages(connection, at.who, uids.slice(-mostRows).reverse())
  const rows = known.map((one) => summaryOf(inbox.uidValidity, one))
  // A message moved back has its old date: it belongs somewhere down the list, not on top.
  const refiled = rows.some(({ date }) => Date.now() - Date.parse(date) > 24 * 3_600_000)
  if (refiled || uids.length > mostRows) {
    forgetOrder(at.who, inbox.path)
    return at.tell({ type: 'stale', folder: 'inbox' })
  }
  noteArrived(at.who, inbox, uids)
  at.tell({ type: 'arrived', folder: 'inbox', rows, total: inbox.exists })
}

const tellChanges = (at: Watching, inbox: Selected, changes: Change[]): void => {
  const validity = BigInt(inbox.uidValidity)
  const flags = new Map(
    changes.flatMap((change) => (change.type === 'flags' ? [[change.uid, change.flags]] : [])),
  )
  const gone = changes.flatMap((change) => (change.type === 'vanished' ? change.uids : []))
  for (const change of changes) noteChange(at.who, inbox, change)
  if (gone.length > 0) {
    const ids = gone.slice(0, 10_000).map((uid) => messageIdOf(validity, uid))
    at.tell({ type: 'gone', folder: 'inbox', ids, total: inbox.exists })
  }
  if (changes.some(({ type }) => type === 'expunged')) at.tell({ type: 'stale', folder: 'inbox' })
  if (flags.size === 0) return
  const told = [...flags].map(([uid, names]) => ({ id: messageIdOf(validity, uid), flags: flagsOf(names) }))
  at.tell({ type: 'flags', folder: 'inbox', changes: told })
}

const flush = async (at: Watching, connection: Connection, around: Surroundings): Promise<void> => {
  const inbox = connection.selected
  if (!inbox) throw new AppError('connection-lost')
  const changes = at.pending.splice(0)
  const ours = changes.filter(({ type }) => type !== 'status' && type !== 'folders')
  for (const change of changes) if (change.type === 'status') around.dirty.add(change.untagged)
  if (changes.some(({ type }) => type === 'folders')) around.list = 'changed'
  if (ours.some(({ type }) => type === 'exists')) await tellArrived(at, connection, inbox)
  tellChanges(at, inbox, ours)
  if (ours.length > 0)
    at.tell({
      type: 'counts',
      folder: folderIdOf(at.who, inbox.path),
      ...(await countsOf(connection, inbox.path)),
    })
}

const watchOnce = async (at: Watching, attempt: { failures: number }): Promise<void> => {
  const connection = await connect(at.who, {
    comer: 'watcher',
    onChange: (_, change) => {
      at.pending.push(change)
      at.wake()
    },
    onClose: () => at.wake(),
  })
  at.connection = connection
  try {
    await connection.select('INBOX')
    const around = await startNotify(connection)
    // Also the first time: what came between the page's own look and this moment was told to nobody.
    at.tell({ type: 'stale', folder: 'inbox' })
    await lookAround(connection, around, at.tell)
    // From here on every change is told. A window that shows another folder looks once more now.
    at.tell({ type: 'link', state: 'online' })
    attempt.failures = 0
    while (at.state === 'running') {
      if (!connection.alive) throw new AppError('connection-lost')
      await flush(at, connection, around)
      await lookAround(connection, around, at.tell)
      if (at.pending.length > 0) continue
      await listenFor(at, connection, around.notified === 'yes' ? notifiedMs : calmMs)
      // Nobody tells of a folder that somebody has begun to share.
      if (at.pending.length === 0) around.list = 'changed'
    }
  } finally {
    connection.close()
    at.connection = null
  }
}

const run = async (at: Watching): Promise<void> => {
  const attempt = { failures: 0 }
  while (at.state === 'running') {
    try {
      await watchOnce(at, attempt)
    } catch (cause) {
      attempt.failures++
      const refused = cause instanceof AppError && cause.code === 'wrong-password'
      at.pending = []
      if (at.state !== 'running') return
      at.tell({ type: 'link', state: 'offline' })
      const backoff = 500 * 2 ** Math.min(attempt.failures, 10) * (0.75 + Math.random() / 2)
      await pause(at, refused ? longestBackoffMs : Math.min(longestBackoffMs, backoff))
    }
  }
}

export const watch = (who: Account, tell: Tell): { stop: () => void } => {
  const at: Watching = { who, tell, state: 'running', connection: null, pending: [], wake: () => undefined }
  void run(at)
  return {
    stop: () => {
      at.state = 'stopped'
      at.connection?.close()
      at.wake()
    },
  }
}
