import 'server-only'
import type { BulkAction, BulkJob } from '@/lib/model/bulk'
import { AppError } from '@/lib/model/errors'
import type { FolderId } from '@/lib/model/folder-id'
import { messageIdOf, type MessageId } from '@/lib/model/message-id'
import type { ListView } from '@/lib/model/view'
import type { Account } from '../mail/account'
import { matchingUids } from '../mail/list'
import { findFolder } from '../mail/mailboxes'
import { copyMessages } from './copy-messages'
import { deleteMessages } from './delete-messages'
import { labelMessages } from './label-messages'
import { wishFor } from './list-messages'
import { beginJob, carryOut, type LongJob, tell } from './long-job'
import { moveMessages } from './move-messages'
import { setFlags } from './set-flags'

// One action on everything a view holds. What is meant is settled when it begins: mail that comes later is not
// touched.

const pieceSize = 500

interface Wanted {
  who: Account
  folder: FolderId
  view: ListView
  action: BulkAction
  /** What else is to be done, before the messages; where there is no room for another job it is not. */
  first?: () => Promise<unknown>
}

const act = ({ who, folder, action }: Wanted, ids: MessageId[]): Promise<unknown> => {
  if (action.kind === 'move') return moveMessages({ who, folder, ids, to: action.to })
  if (action.kind === 'copy') return copyMessages({ who, folder, ids, to: action.to })
  if (action.kind === 'delete') return deleteMessages({ who, folder, ids })
  if (action.kind === 'label')
    return labelMessages(who, { folder, ids, keyword: action.keyword, on: action.on })
  return setFlags({ who, folder, ids, flag: action.flag, on: action.on })
}

const inPieces = async (one: LongJob, wanted: Wanted, ids: readonly MessageId[]): Promise<void> => {
  await wanted.first?.()
  for (let from = 0; from < ids.length && one.wish === 'go on'; from += pieceSize) {
    const piece = ids.slice(from, from + pieceSize)
    await act({ ...wanted, who: one.who }, piece)
    one.job.done += piece.length
    tell(one)
  }
}

export const startBulk = async (wanted: Wanted): Promise<BulkJob> => {
  const { who, folder, view, action } = wanted
  if (action.kind === 'move' && action.to === folder) throw new AppError('bad-request', 'to')
  const path = await findFolder(who, folder)
  const { uidValidity, uids } = await matchingUids(who, { path, wish: await wishFor(who, folder, view) })
  const ids = uids.map((uid) => messageIdOf(BigInt(uidValidity), uid))
  const one = beginJob(who, { folder, action, total: ids.length })
  void carryOut(one, () => inPieces(one, wanted, ids))
  return { ...one.job }
}
