// Changing a password by who knows the old one: what the webmail offers its people.
//
// Invariants: the old password is proved as at any sign-in, counted and slowed by the same throttle; nothing said here
// tells whether a user exists.
import { z } from 'zod'
import type { Directory } from '../directory/contract'
import type { Log } from '../core/log'

const secret = z.string().min(1).max(1024)
const asked = z.object({
  user: z.string().min(1).max(320),
  old: secret,
  new: secret,
  /** From where the person came. */
  client: z.string().max(64).default('unknown'),
})

const shortest = 8

export interface Answer {
  status: 200 | 400 | 401 | 404 | 422 | 429
  body: Record<string, string>
}

export interface PasswordParts {
  directory: Directory
  log: Log
}

const isWeak = (password: string): boolean =>
  [...password].length < shortest || /[\u0000-\u001f\u007f]/.test(password)

export const changePassword = async ({ directory, log }: PasswordParts, input: unknown): Promise<Answer> => {
  const read = asked.safeParse(input)
  if (!read.success) return { status: 400, body: { error: 'bad-request' } }
  const { user, old, new: wanted, client } = read.data
  const proved = await directory.authenticate(user, old, client)
  if (!proved.ok) {
    const slowDown = proved.reason === 'slow-down'
    return { status: slowDown ? 429 : 401, body: { error: slowDown ? 'slow-down' : 'wrong-password' } }
  }
  if (isWeak(wanted))
    return { status: 422, body: { message: `A password has at least ${shortest} characters.` } }
  await directory.setPassword(proved.user.address, wanted)
  log.info('password-changed', { user: proved.user.address, peer: client })
  return { status: 200, body: {} }
}
