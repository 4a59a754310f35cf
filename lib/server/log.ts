import 'server-only'
import pino, { type Logger } from 'pino'
import { config } from './config'
import { once } from './once'

// One JSON line a fact, on stdout. Neither addresses of correspondents nor subjects are logged, and a key
// that could hold a secret is removed wherever it stands.
export const log = (): Logger =>
  once('log', () =>
    pino({
      level: config().logLevel,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: ['password', 'secret', '*.password', '*.secret', '*.pass', 'cookie'], remove: true },
    }),
  )

/**
 * The line fail2ban reads; deploy/fail2ban matches it word for word, so it is a contract. The name is what
 * was typed, hence quoted by JSON: it cannot forge a second line.
 */
export const logSignInFailure = (reason: string, user: string, address: string): void =>
  log().warn({ event: 'sign-in-failed', reason, user: user.slice(0, 320), address }, 'sign-in failed')
