// The files of a COPY or MOVE get their names: all of a job are asked of the disk together.
import { join } from 'node:path'
import type { Arrival, Job } from './arrivals'
import { pathOf, recordOf, slices, type Context } from './context'
import { StoreError } from './contract'
import type { Move } from './disk/moves'
import { unlinkIfThere } from './maildir'
import { readSome } from './rows'

export const gone = () => new StoreError('nonexistent', 'a message is gone')

const perBatch = 500

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
