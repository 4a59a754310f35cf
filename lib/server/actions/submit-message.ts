import 'server-only'
import { rm } from 'node:fs/promises'
import { AppError, type ErrorCode } from '@/lib/model/errors'
import { crashPoint } from '../crash-point'
import type { Account } from '../mail/account'
import { fileOnce } from '../mail/append'
import { setFlag } from '../mail/flags'
import { findFolder } from '../mail/mailboxes'
import { deleteForGood } from '../mail/move'
import { submit, SubmitError } from '../mail/submit'
import { type JobChange, type JobRow, type Problem, type Step, steps } from '../user/jobs'
import { collect } from '../user/contacts'
import { removeUploads } from '../user/uploads'
import { draftOf, envelopeOf, frozenPath } from './outbox'
import { uploadPath } from './upload'

// The walk of a send, one step after the other, each noted before the next. Every step may be found half
// done after a crash, so every step but the first is harmless to repeat; the first is the one that SMTP
// makes uncertain, and there a crash after 'handed' is answered with 'unsure', never with a second send.

export interface Submitting {
  row: JobRow
  who: Account
  /** Writes the step; fails when the lease was lost, and then nothing more may be done. */
  note: (step: Step, change?: JobChange) => Promise<void>
}

export const submitMessage = async (sending: Submitting): Promise<void> => {
  let at = steps.indexOf(sending.row.step as Step)
  for (; at >= 0 && at < steps.length - 1; at++) {
    const step = steps[at]!
    // 'handed' is inside the first step; whoever finds it written down was not there for the answer.
    if (step === 'handed' && sending.row.step !== 'handed') continue
    await walk[step](sending)
  }
}

const handOver = async ({ row, who, note }: Submitting): Promise<void> => {
  const { from, to, named, notice } = envelopeOf(row)
  const { refused } = await submit({
    who,
    envelope: { from, to, ...(named ? { named } : {}), ...(notice ? { notice } : {}) },
    file: frozenPath(row.id),
    beforeLastDot: async () => {
      crashPoint('before-last-dot')
      await note('handed')
      crashPoint('noted-handed')
    },
  })
  crashPoint('accepted')
  const problem: Problem | null =
    refused.length === 0
      ? null
      : {
          code: 'recipients-refused' satisfies ErrorCode,
          answer: refused[0]?.answer ?? '',
          refused: refused.map(({ address }) => address),
        }
  await note('accepted', { state: 'sent', tries: 0, problem: problem && JSON.stringify(problem) })
  crashPoint('noted-accepted')
}

const fileCopy = async ({ row, who, note }: Submitting): Promise<void> => {
  const { messageId, bcc, copy } = envelopeOf(row)
  const { to, cc } = draftOf(row)
  if (copy !== 'none') {
    await collect(row.owner, [...to, ...cc, ...bcc])
    await fileOnce(who, { folder: 'sent', file: frozenPath(row.id), messageId, bcc })
  }
  crashPoint('filed')
  await note('filed', { tries: 0 })
  crashPoint('noted-filed')
}

const markOriginal = async ({ row, who, note }: Submitting): Promise<void> => {
  const { original } = draftOf(row)
  if (original)
    await unlessGone(async () => {
      const path = await findFolder(who, original.folder)
      const flag = original.as === 'reply' ? 'answered' : 'forwarded'
      await setFlag(who, { path, ids: [original.message], flag, to: 'on' })
    })
  crashPoint('marked')
  await note('marked', { tries: 0 })
  crashPoint('noted-marked')
}

const removeDraft = async ({ row, who, note }: Submitting): Promise<void> => {
  const { draft, uploads } = draftOf(row)
  const ids = envelopeOf(row).drafts ?? (draft ? [draft.message] : [])
  if (ids.length > 0)
    await unlessGone(async () => {
      const path = await findFolder(who, draft?.folder ?? 'drafts')
      await deleteForGood(who, { path, ids })
    })
  crashPoint('draft-gone')
  const gone = await removeUploads(
    row.owner,
    uploads.map(({ id }) => id),
  )
  for (const id of gone) await rm(uploadPath(id), { force: true })
  await note('done', { sealed_password: '' })
  crashPoint('done')
  await rm(frozenPath(row.id), { force: true })
}

const walk: Record<Step, (sending: Submitting) => Promise<void>> = {
  frozen: handOver,
  handed: async () => {
    throw new SubmitError('unknown', 'connection-lost')
  },
  accepted: fileCopy,
  filed: markOriginal,
  marked: removeDraft,
  done: async () => undefined,
}

export { SubmitError }

const gone = new Set<ErrorCode>([
  'message-gone',
  'mailbox-gone',
  'mailbox-changed',
  'refused-by-server',
  'no-expunge',
])

/** The message was sent: that its original or its draft is not there any more is nobody's problem. */
const unlessGone = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (cause) {
    if (!(cause instanceof AppError) || !gone.has(cause.code)) throw cause
  }
}
