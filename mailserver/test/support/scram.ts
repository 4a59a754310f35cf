// The client's side of SCRAM-SHA-256 (RFC 5802 section 3), written apart from ours.
import { createHash, createHmac, pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** What the client answers, and what the server must then say. */
export const proveScram = async (asked: { bare: string; challenge: string; password: string }) => {
  const [, nonce = '', salt = '', count = ''] = /^r=([^,]+),s=([^,]+),i=(\d+)$/.exec(asked.challenge) ?? []
  const salted = await promisify(pbkdf2)(
    asked.password,
    Buffer.from(salt, 'base64'),
    Number(count),
    32,
    'sha256',
  )
  const withoutProof = `c=biws,r=${nonce}`
  const message = `${asked.bare},${asked.challenge},${withoutProof}`
  const key = hmac(salted, 'Client Key')
  const signature = hmac(createHash('sha256').update(key).digest(), message)
  const proof = Buffer.from(key.map((byte, at) => byte ^ (signature[at] as number)))
  return {
    answer: `${withoutProof},p=${proof.toString('base64')}`,
    verifier: `v=${hmac(hmac(salted, 'Server Key'), message).toString('base64')}`,
  }
}
