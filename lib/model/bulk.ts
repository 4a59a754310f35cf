import { z } from 'zod/mini'
import { errorCodes } from './errors'
import type { ErrorCode } from './errors'
import { flagName } from './flags'
import { keyword } from './label'
import { folderId } from './mailbox'

// One thing done to all messages that a view of a folder holds, however many: a job on the server.

export const bulkAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('move'), to: folderId }),
  z.object({ kind: z.literal('copy'), to: folderId }),
  z.object({ kind: z.literal('flag'), flag: flagName, on: z.boolean() }),
  z.object({ kind: z.literal('label'), keyword, on: z.boolean() }),
  /** For good, as `deleteMessages`. */
  z.object({ kind: z.literal('delete') }),
])
export type BulkAction = z.infer<typeof bulkAction>

/** Messages brought in from a file of this name. */
const importing = z.object({ kind: z.literal('import'), name: z.string() })

/** A label, kept under this name, taken off every message before it is deleted. */
const unlabelling = z.object({ kind: z.literal('unlabel'), keyword: z.string(), name: z.string() })

export const bulkJob = z.object({
  id: z.string().check(z.maxLength(100)),
  folder: folderId,
  action: z.union([bulkAction, importing, unlabelling]),
  /** Messages that are done. */
  done: z.number(),
  /** How many there are; of a file, how many bytes, and `read` how many of them were read. */
  total: z.number(),
  read: z.optional(z.number()),
  /** What could not be read as a message. */
  skipped: z.optional(z.number()),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  problem: z.nullable(z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]])),
})
export type BulkJob = z.infer<typeof bulkJob>
