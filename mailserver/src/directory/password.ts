// Passwords are kept as scrypt hashes (RFC 7914), with their cost beside them so that it can be raised later.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

const cost = { N: 32_768, r: 8, p: 1 }
const keyLength = 32

const derive = (password: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> =>
  new Promise((done, fail) => {
    const options = { N, r, p, maxmem: 256 * N * r }
    scrypt(password.normalize('NFC'), salt, keyLength, options, (error, key) =>
      error ? fail(error) : done(key),
    )
  })

const written = (salt: Buffer, key: Buffer): string =>
  ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$')

export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16)
  return written(salt, await derive(password, salt, cost))
}

export const passwordMatches = async (password: string, stored: string): Promise<boolean> => {
  const [kind, N, r, p, salt = '', key = ''] = stored.split('$')
  if (kind !== 'scrypt') return false
  const expected = Buffer.from(key, 'base64')
  const made = await derive(password, Buffer.from(salt, 'base64'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  })
  return made.length === expected.length && timingSafeEqual(made, expected)
}

/** What an unknown user's password is compared with, so that a wrong name takes as long as a wrong password: no password has it. */
export const nobody: string = written(randomBytes(16), randomBytes(keyLength))
