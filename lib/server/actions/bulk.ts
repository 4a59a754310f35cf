import 'server-only'
import { randomUUID } from 'node:crypto'
import type { BulkAction, BulkJob } from '@/lib/model/bulk'
import { AppError } from '@/lib/model/errors'
import type { FolderId } from '@/lib/model/folder-id'
import { messageIdOf, type MessageId } from '@/lib/model/message-id'
import type { ListView } from '@/lib/model/view'
import { publish } from '../events/hub'
import { log } from '../log'
import type { Account } from '../mail/account'
import { matchingUids } from '../mail/list'
import { findFolder } from '../mail/mailboxes'
import { once } from '../once'
import { copyMessages } from './copy-messages'
import { deleteMessages } from './delete-messages'
import { wishFor } from './list-messages'
import { moveMessages } from './move-messages'
import { setFlags } from './set-flags'

// One action on everything a view holds. What is meant is settled when it begins: mail that comes later is not
// touched. It goes on in pieces, each of them whole, so that a person's own clicks come between and a stop is
// a stop. It lives in this process only: after a restart what was done is done, and the rest is as it was.

interface Running {
  who: Account
  job: BulkJob
  wish: 'go on' | 'stop'
}

const pieceSize = 500
const mostAtOnce = 3
const running = once('bulk-jobs', () => new Map<string, Running>())

const tell = ({ who, job }: Running): void => publish(who.key, { type: 'bulk', job: { ...job } })

const act = async ({ who, job: { folder, action } }: Running, ids: MessageId[]): Promise<unknown> => {
  if (action.kind === 'move') return moveMessages({ who, folder, ids, to: action.to })
  if (action.kind === 'copy') return copyMessages({ who, folder, ids, to: action.to })
  if (action.kind === 'delete') return deleteMessages({ who, folder, ids })
  return setFlags({ who, folder, ids, flag: action.flag, on: action.on })
}

const run = async (one: Running, ids: readonly MessageId[]): Promise<void> => {
  const { job } = one
  try {
    for (let from = 0; from < ids.length && one.wish === 'go on'; from += pieceSize) {
      const piece = ids.slice(from, from + pieceSize)
      await act(one, piece)
      job.done += piece.length
      tell(one)
    }
    job.state = one.wish === 'stop' ? 'cancelled' : 'done'
  } catch (cause) {
    job.state = 'failed'
    job.problem = cause instanceof AppError ? cause.code : 'internal'
    if (job.problem === 'internal') log().error({ event: 'bulk-failed', err: cause }, 'a bulk action failed')
  }
  running.delete(job.id)
  publish(one.who.key, { type: 'stale', folder: job.folder })
  tell(one)
}

interface Wanted {
  who: Account
  folder: FolderId
  view: ListView
  action: BulkAction
}

export const startBulk = async ({ who, folder, view, action }: Wanted): Promise<BulkJob> => {
  const own = [...running.values()].filter((one) => one.who.key === who.key)
  if (own.length >= mostAtOnce) throw new AppError('too-busy', '', { retryAfterSeconds: 10 })
  if (action.kind === 'move' && action.to === folder) throw new AppError('bad-request', 'to')
  const path = await findFolder(who, folder)
  const { uidValidity, uids } = await matchingUids(who, { path, wish: await wishFor(who, folder, view) })
  const ids = uids.map((uid) => messageIdOf(BigInt(uidValidity), uid))
  const about = { id: randomUUID(), folder, action, done: 0, total: ids.length }
  const job: BulkJob = { ...about, state: 'running', problem: null }
  const one: Running = { who, job, wish: 'go on' }
  running.set(job.id, one)
  tell(one)
  void run(one, ids)
  return { ...job }
}

/** What was done until now stays done. */
export const cancelBulk = async (who: Account, id: string): Promise<Record<string, never>> => {
  const one = running.get(id)
  if (!one || one.who.key !== who.key) throw new AppError('not-found')
  one.wish = 'stop'
  return {}
}
