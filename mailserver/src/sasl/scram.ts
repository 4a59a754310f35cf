// SCRAM-SHA-256 (RFC 5802, RFC 7677) on the server's side: pure functions over one exchange. Offered without channel
// binding. The keys stand in the directory; what an exchange shows of them signs in nobody else.
import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

export interface ScramKeys {
  iterations: number
  salt: Buffer
  storedKey: Buffer
  serverKey: Buffer
}

/** What the client sent breaks the grammar or the order of the exchange. */
export class ScramRefused extends Error {}

/** RFC 7677 section 4 asks for 4096 at least; this is what the search for a stolen key should cost. */
export const iterations = 120_000
const longestMessage = 4096

const derive = promisify(pbkdf2)
const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const hash = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()

/** SASLprep (RFC 4013): odd spaces are spaces, what is invisible goes, compatible forms are one. */
export const prepared = (text: string): string =>
  text
    .replace(/[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g, ' ')
    .replace(/[\u00ad\u034f\u1806\u180b-\u180d\u200c\u200d\u2060\ufe00-\ufe0f\ufeff]/g, '')
    .normalize('NFKC')

/** RFC 5802 section 3: from the password nothing is kept but these. */
export const keysFor = async (password: string): Promise<ScramKeys> => {
  const salt = randomBytes(16)
  const salted = await derive(prepared(password), salt, iterations, 32, 'sha256')
  return {
    iterations,
    salt,
    storedKey: hash(hmac(salted, 'Client Key')),
    serverKey: hmac(salted, 'Server Key'),
  }
}

/** As it stands in the directory. */
export const writeKeys = ({ iterations: count, salt, storedKey, serverKey }: ScramKeys): string =>
  ['SCRAM-SHA-256', count, ...[salt, storedKey, serverKey].map((key) => key.toString('base64'))].join('$')

export const readKeys = (text: string | null): ScramKeys | null => {
  const [name, count, salt = '', stored = '', server = ''] = text?.split('$') ?? []
  if (name !== 'SCRAM-SHA-256') return null
  const [a, b, c] = [salt, stored, server].map((part) => Buffer.from(part, 'base64')) as [
    Buffer,
    Buffer,
    Buffer,
  ]
  return { iterations: Number(count), salt: a, storedKey: b, serverKey: c }
}

/** For a name nobody has: the same salt each time, so that asking twice tells nothing (RFC 5802 section 9). */
export const keysOfNobody = (secret: Buffer, login: string): ScramKeys => ({
  iterations,
  salt: hmac(secret, login).subarray(0, 16),
  storedKey: randomBytes(32),
  serverKey: randomBytes(32),
})

export interface ClientFirst {
  login: string
  /** The channel binding header, which the last message repeats. */
  header: string
  bare: string
  nonce: string
}

const unescapeName = (text: string): string => {
  if (/=(?!2C|3D)/i.test(text)) throw new ScramRefused('the name is not escaped')
  return text.replace(/=2C/gi, ',').replace(/=3D/gi, '=')
}

/** RFC 5802 section 7, client-first-message. */
export const readFirst = (message: string): ClientFirst => {
  if (message.length > longestMessage) throw new ScramRefused('the message is too long')
  const found = /^(([ny]|p=[^,]*),(a=[^,]*)?,)(n=([^,]*),r=([\x21-\x2b\x2d-\x7e]{1,512})(,.*)?)$/s.exec(
    message,
  )
  if (!found) throw new ScramRefused('that is no first message of SCRAM')
  const [, header = '', binding = '', actFor, bare = '', name = '', nonce = ''] = found
  if (binding.startsWith('p=')) throw new ScramRefused('channel binding is not offered')
  const login = unescapeName(name)
  // To act for somebody else is refused, as with PLAIN.
  if (actFor && unescapeName(actFor.slice(2)) !== login)
    throw new ScramRefused('nobody acts for somebody else')
  return { login, header, bare, nonce }
}

export interface Challenge {
  first: ClientFirst
  keys: ScramKeys
  nonce: string
  message: string
}

export const challenge = (first: ClientFirst, keys: ScramKeys): Challenge => {
  const nonce = first.nonce + randomBytes(18).toString('base64')
  const message = `r=${nonce},s=${keys.salt.toString('base64')},i=${keys.iterations}`
  return { first, keys, nonce, message }
}

export type Verdict = { right: true; message: string } | { right: false }

/** RFC 5802 section 3: the proof shows that the client knows its key; our signature shows that we know ours. */
export const judge = ({ first, keys, nonce, message }: Challenge, answer: string): Verdict => {
  if (answer.length > longestMessage) throw new ScramRefused('the message is too long')
  const found = /^(c=([^,]*),r=([^,]*)(?:,[a-oq-z]=[^,]*)*),p=([A-Za-z0-9+/]{43}=)$/s.exec(answer)
  if (!found) throw new ScramRefused('that is no final message of SCRAM')
  const [, withoutProof = '', binding = '', repeated = '', proof = ''] = found
  if (Buffer.from(binding, 'base64').toString('utf8') !== first.header || repeated !== nonce)
    return { right: false }
  const authMessage = `${first.bare},${message},${withoutProof}`
  const signature = hmac(keys.storedKey, authMessage)
  const clientKey = Buffer.from(proof, 'base64').map((byte, at) => byte ^ (signature[at] as number))
  if (!timingSafeEqual(hash(Buffer.from(clientKey)), keys.storedKey)) return { right: false }
  return { right: true, message: `v=${hmac(keys.serverKey, authMessage).toString('base64')}` }
}
