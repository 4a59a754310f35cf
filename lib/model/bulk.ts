import { z } from 'zod/mini'
import { errorCodes } from './errors'
import type { ErrorCode } from './errors'
import { flagName } from './flags'
import { folderId } from './mailbox'

// One thing done to all messages that a view of a folder holds, however many: a job on the server.

export const bulkAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('move'), to: folderId }),
  z.object({ kind: z.literal('copy'), to: folderId }),
  z.object({ kind: z.literal('flag'), flag: flagName, on: z.boolean() }),
  /** For good, as `deleteMessages`. */
  z.object({ kind: z.literal('delete') }),
])
export type BulkAction = z.infer<typeof bulkAction>

export const bulkJob = z.object({
  id: z.string().check(z.maxLength(100)),
  folder: folderId,
  action: bulkAction,
  done: z.number(),
  total: z.number(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  problem: z.nullable(z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]])),
})
export type BulkJob = z.infer<typeof bulkJob>
