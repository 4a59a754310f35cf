import 'server-only'
import { AppError, type ErrorCode } from '@/lib/model/errors'
import type { Account } from './account'
import { openAnew } from './pool'

const said = new Set<ErrorCode>([
  'wrong-password',
  'server-unreachable',
  'server-slow',
  'server-untrusted',
  'too-busy',
  'internal',
])

/** Fails with 'wrong-password', or with why the server could not be asked. */
export const trySignIn = async (who: Account): Promise<void> => {
  try {
    await openAnew(who)
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    throw said.has(cause.code) ? cause : new AppError('server-unreachable', cause.answer, { cause })
  }
}
