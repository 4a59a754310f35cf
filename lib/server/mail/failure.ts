import 'server-only'
import { AppError, type ErrorCode } from '@/lib/model/errors'

// imapflow's errors end here. What a server answers is its own sentence: kept short, free of control
// characters, and shown only behind "Details".
interface Failure {
  code?: string
  message?: string
  authenticationFailed?: boolean
  tlsFailed?: boolean
  serverResponseCode?: string
  responseStatus?: string
  responseText?: string
  response?: unknown
}

// RFC 9051 section 7.1 and RFC 5530 section 3.
const byResponseCode: Record<string, ErrorCode> = {
  OVERQUOTA: 'over-quota',
  NONEXISTENT: 'mailbox-gone',
  TRYCREATE: 'mailbox-gone',
  ALREADYEXISTS: 'folder-exists',
  EXPUNGEISSUED: 'message-gone',
  NOPERM: 'not-allowed',
  TOOBIG: 'too-large',
  APPENDLIMIT: 'too-large',
  LIMIT: 'too-busy',
  INUSE: 'too-busy',
  UNAVAILABLE: 'server-unreachable',
}

/** LOGIN was refused, and not because of the password (RFC 5530 section 3). */
const withoutVerdict: Record<string, ErrorCode> = {
  LIMIT: 'too-busy',
  INUSE: 'too-busy',
  UNAVAILABLE: 'server-unreachable',
  SERVERBUG: 'server-unreachable',
}

const byLibraryCode: Record<string, ErrorCode> = {
  ECONNREFUSED: 'server-unreachable',
  ENOTFOUND: 'server-unreachable',
  EHOSTUNREACH: 'server-unreachable',
  ENETUNREACH: 'server-unreachable',
  EAI_AGAIN: 'server-unreachable',
  CONNECT_TIMEOUT: 'server-unreachable',
  GREETING_TIMEOUT: 'server-unreachable',
  UPGRADE_TIMEOUT: 'server-unreachable',
  ClosedAfterConnectTLS: 'server-unreachable',
  ClosedAfterConnectText: 'server-unreachable',
  ETIMEOUT: 'server-slow',
  ETHROTTLE: 'too-busy',
  InvalidStringValue: 'bad-request',
  InvalidTokenValue: 'bad-request',
  InvalidSequenceSet: 'bad-request',
}

/** What Node says of a certificate; checked only where the server is not on this machine. */
const untrusted = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

const longestAnswer = 500
const plain = (text: string): string => text.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, longestAnswer)

// imapflow leaves the response code inside the parsed answer of a failed command.
const responseCodeOf = (failure: Failure): string => {
  if (failure.serverResponseCode) return failure.serverResponseCode.toUpperCase()
  const parsed = failure.response as { attributes?: { section?: { value?: unknown }[] }[] } | undefined
  const word = typeof parsed === 'object' ? parsed?.attributes?.[0]?.section?.[0]?.value : ''
  return typeof word === 'string' ? word.toUpperCase() : ''
}

const codeOf = (failure: Failure): ErrorCode => {
  const responseCode = responseCodeOf(failure)
  if (failure.authenticationFailed) return withoutVerdict[responseCode] ?? 'wrong-password'
  if (untrusted.has(failure.code ?? '')) return 'server-untrusted'
  if (failure.tlsFailed) return 'server-unreachable'
  if (failure.responseStatus) return byResponseCode[responseCode] ?? 'refused-by-server'
  return byLibraryCode[failure.code ?? ''] ?? 'connection-lost'
}

export const asAppError = (cause: unknown): AppError => {
  if (cause instanceof AppError) return cause
  // A mistake of ours is not the server's failure: it keeps its stack and becomes 'internal' at the door.
  if (cause instanceof TypeError || cause instanceof RangeError)
    return new AppError('internal', plain(cause.message), { cause })
  const failure = cause as Failure
  return new AppError(codeOf(failure), plain(failure.responseText ?? ''), { cause })
}
