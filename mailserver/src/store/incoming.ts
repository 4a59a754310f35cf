// What a caller hands in becomes an arrival: bytes in tmp/, on disk, with a name and facts.
import { readFile, rename, link } from 'node:fs/promises'
import { join } from 'node:path'
import type { Arrival } from './arrivals'
import { pathOf, recordOf, type Context } from './context'
import { StoreError, type NewMessage } from './contract'
import { factsOf } from './facts'
import { namedFor } from './keywords'
import { deliveryBase, durableFile, durableLink, newBase, unlinkIfThere } from './maildir'
import { flagText, rowColumns, type RawRow } from './rows'
import { fileOf } from './read'

export const checkQuota = (ctx: Context, adding: { bytes: number; messages: number }): void => {
  const limits = ctx.limits()
  if (limits.bytes === null && limits.messages === null) return
  const used = usage(ctx)
  if (
    (limits.bytes !== null && used.bytes + adding.bytes > limits.bytes) ||
    (limits.messages !== null && used.messages + adding.messages > limits.messages)
  ) {
    throw new StoreError('over-quota', 'the mailbox is full')
  }
}

export const usage = (ctx: Context): { bytes: number; messages: number } =>
  ctx
    .q<{ bytes: number; messages: number }>(
      'select coalesce(sum(size), 0) as bytes, coalesce(sum(messages), 0) as messages from mailbox',
    )
    .get()!

interface Into {
  mailbox: number
  /** Deliveries without flags lie in new/, as every Maildir reader expects of unread mail. */
  place: 'new' | 'cur'
  deliveryHash: string | null
}

export const prepare = async (ctx: Context, message: NewMessage, into: Into): Promise<Arrival> => {
  const at = message.internalDate ?? new Date()
  const bytes = Buffer.isBuffer(message.source) ? message.source : await readFile(message.source.file)
  const base = into.deliveryHash ? deliveryBase(into.deliveryHash, at, bytes.length) : newBase(bytes.length)
  const tmp = join(ctx.maildir, 'tmp', base)
  if (Buffer.isBuffer(message.source)) {
    await unlinkIfThere(tmp)
    await durableFile(tmp, bytes, at)
  } else await durableLink(message.source.file, tmp, at)
  const flags = flagText(message.flags ?? [])
  return {
    name: into.place === 'new' && flags === '' ? `new/${base}` : namedFor(ctx, into.mailbox, base, flags),
    place: async (path) => {
      await rename(tmp, path)
      // Two names of one file: rename leaves both (the second try of a delivery).
      if (into.deliveryHash) await unlinkIfThere(tmp)
    },
    flags,
    internal: at.getTime(),
    size: bytes.length,
    ends: 'crlf',
    content: { facts: factsOf(bytes) },
  }
}

interface Transfer {
  from: number
  to: number
  how: 'copy' | 'move'
}

/** RFC 9051 section 6.4.7: flags and INTERNALDATE stay; a hard link carries the bytes. */
export const transfers = (ctx: Context, uids: readonly number[], { from, to, how }: Transfer): Arrival[] => {
  pathOf(ctx, recordOf(ctx, from))
  const read = ctx.q(`select ${rowColumns} from message where mailbox = ? and uid = ?`).raw()
  const ends = ctx.q<Arrival['ends']>('select ends from message where mailbox = ? and uid = ?').pluck()
  return uids.flatMap((uid) => {
    const raw = read.get(from, uid) as RawRow | undefined
    if (!raw) return []
    const arrival: Arrival = {
      name: namedFor(ctx, to, newBase(raw[5]), raw[2]),
      // The file's name is looked up when its turn comes: flags may rename it until then.
      place: (path) => (how === 'copy' ? link : rename)(fileOf(ctx, from, uid).path, path),
      flags: raw[2],
      internal: raw[3],
      size: raw[5],
      ends: ends.get(from, uid) as Arrival['ends'],
      content: { id: raw[6] },
    }
    if (how === 'move') arrival.instead = { mailbox: from, uid }
    return [arrival]
  })
}
