import 'server-only'
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { config } from '../config'
import { once } from '../once'

// Seals secrets with AES-256-GCM. What is sealed is bound to its purpose (a session id, a job id) as
// additional data: a sealed password moved to another row does not open.
const ivBytes = 12
const tagBytes = 16

export const newKey = (): Buffer => randomBytes(32)

export const seal = (secret: string, key: Buffer, purpose: string): string => {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
  const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

/** Null when the key, the purpose or a byte is not the one it was sealed with. */
export const unseal = (sealed: string, key: Buffer, purpose: string): string | null => {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < ivBytes + tagBytes || key.length !== 32) return null
  try {
    const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    })
    opener.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
    return Buffer.concat([opener.update(bytes.subarray(ivBytes + tagBytes)), opener.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** The key of pending jobs: it outlives sessions, so it comes from the server's own secret. */
export const serverKey = (): Buffer =>
  once('server-key', () => Buffer.from(hkdfSync('sha256', config().secret, '', 'posthorn jobs', 32)))
