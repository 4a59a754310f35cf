import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import pino, { type Logger } from 'pino'
import { config } from './config'
import { once } from './once'

// One JSON line a fact, on stdout, with the id of the request it belongs to. Neither addresses of correspondents nor
// subjects are logged: a server's sentence and an error's message may hold one, so addresses are taken out of both; and
// a key that could hold a secret is removed wherever it stands.

const during = once('log-request', () => new AsyncLocalStorage<string>())

/** Whatever is logged while `run` runs, and by what it starts, carries the request's id. */
export const inRequest = <T>(id: string, run: () => T): T => during.run(id, run)

// Bounded on both sides, so that a long word without an @ costs nothing.
const address = /[^\s<>"'(),:;[\]]{1,64}@[\p{L}\p{N}._-]{1,253}/gu

/** Nobody reads more of a line than this. */
const longest = 8000

export const withoutAddresses = (text: string): string => text.slice(0, longest).replace(address, '(address)')

const plainError = (error: unknown): unknown => {
  if (!(error instanceof Error)) return typeof error === 'string' ? withoutAddresses(error) : error
  const { type, message, stack, code } = pino.stdSerializers.err(error) as unknown as Record<string, unknown>
  const plain = (text: unknown) => (typeof text === 'string' ? withoutAddresses(text) : text)
  return { type, code, message: plain(message), stack: plain(stack) }
}

const signInFailed = 'sign-in-failed'

export const log = (): Logger =>
  once('log', () =>
    pino({
      level: config().logLevel,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => {
        const request = during.getStore()
        return request ? { request } : {}
      },
      // The line that fail2ban reads stays as it is, word for word.
      mixinMergeStrategy: (fact, more) =>
        'event' in fact && fact.event === signInFailed ? fact : { ...fact, ...more },
      serializers: {
        err: plainError,
        answer: (text: unknown) => (typeof text === 'string' ? withoutAddresses(text) : text),
        why: (text: unknown) => (typeof text === 'string' ? withoutAddresses(text) : text),
      },
      redact: { paths: ['password', 'secret', '*.password', '*.secret', '*.pass', 'cookie'], remove: true },
    }),
  )

/**
 * The line fail2ban reads; deploy/fail2ban matches it word for word, so it is a contract. The name is what
 * was typed, hence quoted by JSON: it cannot forge a second line.
 */
export const logSignInFailure = (reason: string, user: string, address: string): void =>
  log().warn({ event: signInFailed, reason, user: user.slice(0, 320), address }, 'sign-in failed')
