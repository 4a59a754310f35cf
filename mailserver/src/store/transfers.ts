// COPY and MOVE: a message's file gets one more name, or this one instead of its own.
import { join } from 'node:path'
import type { Arrival, Job } from './arrivals'
import { breathe, pathOf, recordOf, slices, type Context } from './context'
import { StoreError } from './contract'
import { namedFor } from './keywords'
import { newBase, unlinkIfThere } from './maildir'
import type { Move } from './disk/moves'
import { readSome } from './rows'

interface Transfer {
  from: number
  to: number
  how: 'copy' | 'move'
}

const gone = () => new StoreError('nonexistent', 'a message is gone')

type Copied = [flags: string, internal: number, size: number, content: number, ends: Arrival['ends']]

/** RFC 9051 section 6.4.7: flags and INTERNALDATE stay; a hard link carries the bytes. */
const arrivalOf = (
  ctx: Context,
  { uid, from, to, how }: Transfer & { uid: number },
  [flags, internal, size, content, ends]: Copied,
): Arrival => {
  const transfer = { how: how === 'copy' ? 'link' : 'rename', mailbox: from, uid } as const
  const name = namedFor(ctx, to, newBase(size), flags)
  const arrival: Arrival = { name, transfer, flags, internal, size, ends, content: { id: content } }
  if (how === 'move') arrival.instead = { mailbox: from, uid }
  return arrival
}

const perBatch = 500

/** `uids` ascend, and are all there. */
export const transfers = async (
  ctx: Context,
  uids: readonly number[],
  transfer: Transfer,
): Promise<Arrival[]> => {
  const { from } = transfer
  pathOf(ctx, recordOf(ctx, from))
  const all: Arrival[] = []
  for (const some of slices(uids, perBatch)) {
    const columns = 'flags, internal, size, content, ends'
    const rows = readSome<Copied>(ctx, from, { uids: some, columns })
    for (const uid of some) {
      const row = rows.get(uid)
      if (!row) throw gone()
      all.push(arrivalOf(ctx, { ...transfer, uid }, row))
    }
    if (uids.length > perBatch) await breathe()
  }
  return all
}

type Transferring = Arrival & { transfer: NonNullable<Arrival['transfer']> }
const isTransfer = (arrival: Arrival): arrival is Transferring => arrival.transfer !== undefined

/** Names are looked up here, within the lane, for flags may have renamed the files until now. */
const movesFor = (ctx: Context, some: readonly Transferring[], path: string): Move[] => {
  const mailbox = some[0]!.transfer.mailbox
  const folder = pathOf(ctx, recordOf(ctx, mailbox))
  const uids = some.map(({ transfer }) => transfer.uid)
  const names = readSome<[string]>(ctx, mailbox, { uids, columns: 'name' })
  return some.map(({ name, transfer: { how, uid } }) => {
    const source = names.get(uid)
    if (!source) throw gone()
    return { how, from: join(folder, source[0]), to: join(path, name) }
  })
}

/** All of a job come from one mailbox. */
export const transferAll = async (ctx: Context, job: Job, path: string): Promise<void> => {
  for (const some of slices(job.arrivals.filter(isTransfer), perBatch)) {
    const moves = movesFor(ctx, some, path)
    const moved = await ctx.disk.move(moves)
    for (const [at, arrival] of some.entries()) {
      const { how, from } = moves[at]!
      if (moved[at] !== 'done') continue
      arrival.undo =
        how === 'link'
          ? unlinkIfThere
          : async (placed) => void (await ctx.disk.move([{ how, from: placed, to: from }]))
    }
    // Another transfer of the same moment, or another program, took the file.
    if (moved.includes('missing')) throw gone()
    const failed = moved.find((one) => typeof one === 'object')
    if (failed) throw new Error(failed.failed)
  }
}
