import 'server-only'
import { createHmac, timingSafeEqual } from 'node:crypto'

// Signed addresses of the image proxy: it fetches only what a message of this person named, so it is no
// proxy for anybody's errands. The signature binds address and person.

export interface Signer {
  secret: string
  owner: string
}

const signatureOf = ({ secret, owner }: Signer, address: string): Buffer =>
  createHmac('sha256', secret).update(`image-proxy\0${owner}\0${address}`).digest()

/** Relative to a frame at `…/api/accounts/0/mailboxes/inbox/messages/1-1/frame`, so that no prefix matters. */
const fromFrame = '../../../../../../images'

export const imageLink = (signer: Signer, address: string): string => {
  const query = new URLSearchParams({
    address,
    signature: signatureOf(signer, address).toString('base64url'),
  })
  return `${fromFrame}?${query}`
}

export const isSigned = (signer: Signer, address: string, signature: string): boolean => {
  const given = Buffer.from(signature, 'base64url')
  const right = signatureOf(signer, address)
  return given.length === right.length && timingSafeEqual(given, right)
}
