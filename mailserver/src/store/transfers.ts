// COPY and MOVE: a message's file gets one more name, or this one instead of its own.
import type { Arrival, ArrivalQueue } from './arrivals'
import { withdraw } from './changes'
import { breathe, pathOf, recordOf, slices, type Context } from './context'
import { gone } from './placing'
import { checkQuota } from './incoming'
import { namedFor } from './keywords'
import { newBase } from './maildir'
import { readSome } from './rows'

interface Transfer {
  from: number
  to: number
  how: 'copy' | 'move'
}

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
const transfers = async (ctx: Context, uids: readonly number[], transfer: Transfer): Promise<Arrival[]> => {
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

interface Places {
  from: number
  to: number
  enter: ArrivalQueue['enter']
}

/** A commit of 100,000 would hold up everybody. */
const perCommit = 1_000

const noneYet = (ctx: Context, to: number) => {
  const record = recordOf(ctx, to)
  pathOf(ctx, record)
  return { uidValidity: record.uidvalidity, uids: [] as number[] }
}

export const copyMessages = async (ctx: Context, all: readonly number[], { from, to, enter }: Places) => {
  const copied = noneYet(ctx, to)
  const arrivals = await transfers(ctx, all, { from, to, how: 'copy' })
  const bytes = arrivals.reduce((sum, { size }) => sum + size, 0)
  checkQuota(ctx, { bytes, messages: arrivals.length })
  try {
    for (const some of slices(arrivals, perCommit)) copied.uids.push(...(await enter(to, [...some])).uids)
    return copied
  } catch (error) {
    // RFC 9051 section 6.4.7: a COPY that fails leaves the mailbox as it was.
    await withdraw(ctx, to, copied.uids)
    throw error
  }
}

/** RFC 6851 section 3.3: a move may fail half-way. */
export const moveMessages = async (ctx: Context, all: readonly number[], { from, to, enter }: Places) => {
  const moved = noneYet(ctx, to)
  for (const some of slices(all, perCommit)) {
    const arrivals = await transfers(ctx, some, { from, to, how: 'move' })
    moved.uids.push(...(await enter(to, arrivals)).uids)
  }
  return moved
}
