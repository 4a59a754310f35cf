import 'server-only'
import { AppError } from '@/lib/model/errors'
import { config } from '../config'
import { imageHeaders } from '../html/attachment'
import { reachWith } from '../html/image-address'
import { fetchImage } from '../html/image-fetch'
import { imageLink, isSigned } from '../html/image-link'
import type { Account } from '../mail/account'

const signerOf = (who: Account) => ({ secret: config().secret, owner: who.key })

/** What the sanitiser puts in place of a remote address once the person asked for images. */
export const proxiedFor =
  (who: Account) =>
  (address: string): string =>
    imageLink(signerOf(who), address)

export interface Wanted {
  address: string
  signature: string
}

export const proxyImage = async (
  who: Account,
  { address, signature }: Wanted,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; headers: Record<string, string> }> => {
  if (!isSigned(signerOf(who), address, signature)) throw new AppError('forged-request')
  const { type, bytes } = await fetchImage(address, reachWith(config().reachableNetworks))
  return { bytes: new Uint8Array(bytes), headers: imageHeaders(type) }
}
