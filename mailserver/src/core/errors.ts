// The closed set of ways this server says no to its own callers. Protocol doors turn them into their replies.
export type FailureCode =
  | 'config'
  | 'port-taken'
  | 'port-forbidden'
  | 'exists'
  | 'not-found'
  | 'bad-address'
  | 'weak-password'
  | 'too-large'
  | 'refused'

export class Failure extends Error {
  override readonly name: string = 'Failure'
  constructor(
    readonly code: FailureCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options)
  }
}

export class ConfigError extends Failure {
  override readonly name = 'ConfigError'
  constructor(message: string) {
    super('config', message)
  }
}
