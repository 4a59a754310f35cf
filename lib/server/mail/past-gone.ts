import 'server-only'
import { AppError } from '@/lib/model/errors'
import type { Connection } from './connection'

/**
 * What names messages of which another session removed some, and this one has not been told: a server may do it to the
 * others and say NO all the same (STORE, RFC 2180 section 4.2.1), or do nothing (COPY, section 4.4.1, where the other folder
 * is as before: RFC 9051 section 6.4.7). Once it has told, it passes over them (RFC 9051 section 6.4.9): asked again, it does
 * what is left, and nothing twice.
 */
export const pastGone = async <T>(connection: Connection, run: () => Promise<T>): Promise<T> => {
  try {
    return await run()
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'message-gone') throw cause
    await connection.run('NOOP')
    return run()
  }
}
