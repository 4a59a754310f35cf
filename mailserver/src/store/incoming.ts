// What a caller hands in becomes an arrival: bytes in tmp/, on disk, with a name and facts.
import { readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Arrival } from './arrivals'
import type { Context } from './context'
import { largeMessage, StoreError, type NewMessage, type SealedFile } from './contract'
import { factsOf, type Facts } from './facts'
import { namedFor } from './keywords'
import { deliveryBase, durableFile, durableLink, linkNow, newBase, unlinkIfThere } from './maildir'
import { flagText } from './rows'

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

const factsAt = async (ctx: Context, path: string, size: number, bytes: Buffer | null): Promise<Facts> =>
  size > largeMessage ? ctx.text.heavy({ what: 'facts', path }) : factsOf(bytes ?? (await readFile(path)))

/** How bytes get into their place: those that are on disk by `place`. */
interface Brought {
  base: string
  facts: Facts
  place?: (path: string) => Promise<void>
  write?: { bytes: Buffer; at: number }
}

interface Wanted {
  at: Date
  deliveryHash: string | null
}

const baseFor = ({ at, deliveryHash }: Wanted, size: number) =>
  deliveryHash ? deliveryBase(deliveryHash, at, size) : newBase(size)

const throughTmp = async (
  ctx: Context,
  source: { file: string } | Buffer,
  wanted: Wanted & { size: number },
) => {
  const { at, size } = wanted
  const base = baseFor(wanted, size)
  const tmp = join(ctx.maildir, 'tmp', base)
  if (Buffer.isBuffer(source)) {
    await unlinkIfThere(tmp)
    await durableFile(tmp, source, at)
  } else await durableLink(source.file, tmp, at)
  const place = async (path: string) => {
    await rename(tmp, path)
    // Two names of one file: rename leaves both (the second try of a delivery).
    if (wanted.deliveryHash) await unlinkIfThere(tmp)
  }
  return { base, facts: await factsAt(ctx, tmp, size, Buffer.isBuffer(source) ? source : null), place }
}

/** Whole and on disk already: one more name is all it needs. tmp/ is for what is still being written. */
const byLink = async (
  ctx: Context,
  { file, sealed: { size, bytes } }: { file: string; sealed: SealedFile },
  wanted: Wanted,
): Promise<Brought> => {
  const base = baseFor(wanted, size)
  const facts = await factsAt(ctx, file, size, bytes)
  const place = async (path: string) => {
    if (linkNow(file, path) === 'linked') return
    const slowly = await throughTmp(ctx, { file }, { ...wanted, size })
    await slowly.place(path)
  }
  return { base, facts, place }
}

const bring = async (
  ctx: Context,
  source: NewMessage['source'],
  wanted: Wanted,
): Promise<Brought & { size: number }> => {
  if (Buffer.isBuffer(source) && source.length <= largeMessage) {
    const size = source.length
    const write = { bytes: source, at: wanted.at.getTime() }
    return { base: baseFor(wanted, size), facts: factsOf(source), write, size }
  }
  if (Buffer.isBuffer(source))
    return { ...(await throughTmp(ctx, source, { ...wanted, size: source.length })), size: source.length }
  const { file, sealed } = source
  if (sealed) return { ...(await byLink(ctx, { file, sealed }, wanted)), size: sealed.size }
  const { size } = await stat(file)
  return { ...(await throughTmp(ctx, { file }, { ...wanted, size })), size }
}

export const prepare = async (ctx: Context, message: NewMessage, into: Into): Promise<Arrival> => {
  const at = message.internalDate ?? new Date()
  const { deliveryHash } = into
  const { base, facts, place, write, size } = await bring(ctx, message.source, { at, deliveryHash })
  const flags = flagText(message.flags ?? [])
  return {
    name: into.place === 'new' && flags === '' ? `new/${base}` : namedFor(ctx, into.mailbox, base, flags),
    ...(place ? { place } : {}),
    ...(write ? { write } : {}),
    undo: unlinkIfThere,
    flags,
    internal: at.getTime(),
    size,
    ends: 'crlf',
    content: { facts },
  }
}
