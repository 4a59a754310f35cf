import 'server-only'
import { AppError } from '@/lib/model/errors'

/** What this machine refuses, in words a person can act on; null for what is a fault of ours. */
export const ownFailure = (error: unknown): AppError | null => {
  const code = (error as { code?: unknown } | null)?.code
  // SQLite's codes end in more detail (SQLITE_IOERR_WRITE); only these say what is wrong.
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('no-room', '', { cause: error })
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED' || code === 'SQLITE_BUSY_SNAPSHOT')
    return new AppError('too-busy', '', { cause: error, retryAfterSeconds: 5 })
  return null
}
