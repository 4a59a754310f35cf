import 'server-only'
import { ImapFlow } from 'imapflow'
import { AppError } from '@/lib/model/errors'
import { config } from '../config'

/** Logs in and out again. Fails with 'wrong-password', or with 'server-unreachable' and the reason. */
export const trySignIn = async (credentials: { user: string; password: string }): Promise<void> => {
  const { host, port, tls, loopback } = config().imap
  const client = new ImapFlow({
    host,
    port,
    secure: tls === 'implicit',
    // RFC 8314 section 3: a password never leaves in clear text, except on our own machine.
    doSTARTTLS: tls === 'starttls' && !loopback ? true : undefined,
    tls: { rejectUnauthorized: !loopback },
    auth: { user: credentials.user, pass: credentials.password },
    verifyOnly: true,
    logger: false,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  })
  // A late socket error after the answer concerns nobody, but without a listener it would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (cause) {
    throw asAppError(cause)
  } finally {
    client.close()
  }
}

const asAppError = (cause: unknown): AppError => {
  const failure = cause as { authenticationFailed?: boolean; serverResponseCode?: string; message?: string }
  // RFC 5530 section 3: UNAVAILABLE says that the password could not be checked, not that it is wrong.
  if (failure.authenticationFailed && failure.serverResponseCode !== 'UNAVAILABLE')
    return new AppError('wrong-password', '', { cause })
  return new AppError('server-unreachable', (failure.message ?? '').slice(0, 200), { cause })
}
