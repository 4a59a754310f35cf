// The closed set of things that can go wrong. Words for them live in lib/i18n; HTTP statuses in
// lib/server/endpoint; nowhere else is an error translated.
export const errorCodes = {
  'signed-out': 401,
  'wrong-password': 401,
  'too-many-tries': 429,
  'bad-request': 400,
  'forged-request': 403,
  'not-found': 404,
  'message-gone': 404,
  'mailbox-gone': 404,
  'mailbox-changed': 409,
  'folder-exists': 409,
  'folder-name': 400,
  'not-allowed': 403,
  'label-exists': 409,
  'label-name': 400,
  'labels-refused': 422,
  'too-large': 413,
  'over-quota': 507,
  'refused-by-server': 422,
  'server-unreachable': 502,
  'server-slow': 504,
  'connection-lost': 502,
  'no-expunge': 409,
  'already-sent': 409,
  'draft-changed': 409,
  'recipients-refused': 422,
  'sender-refused': 422,
  'address-needs-utf8': 422,
  'submission-refused': 422,
  'submission-unreachable': 502,
  'password-refused': 422,
  'password-unsure': 502,
  'no-room': 507,
  'server-untrusted': 502,
  'too-busy': 429,
  'too-many-requests': 429,
  internal: 500,
} as const

export type ErrorCode = keyof typeof errorCodes

/** An error with a code: `answer` is the foreign server's own sentence, shown only behind "Details". */
export class AppError extends Error {
  override readonly name = 'AppError'
  // The bundler may load this module more than once in one process (pages, routes, jobs), and an error thrown
  // in one of them is caught in another: what it is called decides, not which copy made it.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'AppError'
  }
  /** For what ends with time ('too-many-tries', 'too-many-requests', 'too-busy'): when to come again. */
  readonly retryAfterSeconds: number | null
  constructor(
    readonly code: ErrorCode,
    readonly answer = '',
    options?: { cause?: unknown; retryAfterSeconds?: number },
  ) {
    super(answer ? `${code}: ${answer}` : code, options)
    this.retryAfterSeconds = options?.retryAfterSeconds ?? null
  }
}

export type ErrorBody = { error: { code: ErrorCode; answer: string } }
