import 'server-only'
import { AppError } from '@/lib/model/errors'
import { allows } from '@/lib/model/folder-rules'
import type { FolderId } from '@/lib/model/folder-id'
import { sameKeyword } from '@/lib/model/label-name'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import { carrying, type Carrying, takeKeyword } from '../mail/flags'
import { findFolder, listFolders } from '../mail/mailboxes'
import * as kept from '../user/labels'
import { tellLabels } from './labels'
import { beginJob, carryOut, type LongJob, showJob, tell } from './long-job'

// A label leaves every message before it leaves the list, so that one that could not be reached keeps the label it
// shows. What is soon done is the answer; what takes longer goes on behind it, told of and stopped like any long job.

/** As long as a person waits without wondering. */
const patienceMs = 700

interface Wanted {
  keyword: string
  patience?: number
}

export const removeLabel = async (
  who: Account,
  { keyword, patience = patienceMs }: Wanted,
): Promise<{ state: 'done' | 'running' }> => {
  const labels = await kept.listLabels(who.key)
  const name = labels.find((label) => sameKeyword(label.keyword, keyword))?.name ?? keyword
  const action = { kind: 'unlabel', keyword, name } as const
  const one = beginJob(who, { folder: 'inbox', action, total: 0 }, 'unseen')
  const ended = carryOut(one, () => takeOff(one, keyword))
  const late = new Promise<'late'>((done) => setTimeout(done, patience, 'late').unref())
  if ((await Promise.race([ended, late])) === 'late' && one.job.state === 'running') {
    showJob(one)
    return { state: 'running' }
  }
  if (one.job.problem) throw new AppError(one.job.problem)
  return { state: 'done' }
}

const takeOff = async (one: LongJob, keyword: string): Promise<void> => {
  const { who, job } = one
  const found: (Carrying & { folder: FolderId })[] = []
  for (const folder of await listFolders(who)) {
    if (one.wish === 'stop') return
    if (!folder.selectable || folder.total === 0 || !allows(folder, 'w')) continue
    const all = await carrying(who, { path: await findFolder(who, folder.id), keyword })
    if (all.uids.length > 0) found.push({ ...all, folder: folder.id })
    job.total += all.uids.length
  }
  for (const { folder, ...all } of found) {
    const done = job.done
    await takeKeyword(who, { ...all, keyword }, (count) => {
      job.done = done + count
      tell(one)
      return one.wish
    })
    publish(who.key, { type: 'stale', folder })
    if (one.wish === 'stop') return
  }
  await kept.dropLabel(who.key, keyword)
  await tellLabels(who)
}
