import 'server-only'
import { AppError } from '@/lib/model/errors'
import { config } from '../config'
import { reachWith } from '../html/image-address'
import { type Outcome, postOneClick } from '../html/one-click'
import { oneClickOf } from '../mail/unsubscribe'
import { openOnce, type Place } from './opened'

/** The address is read from the message here: the page cannot have the server post anywhere else. */
export const unsubscribe = async (place: Place, signal: AbortSignal): Promise<{ outcome: Outcome }> => {
  const { headers } = await openOnce(place)
  const url = oneClickOf(headers)
  if (!url) throw new AppError('not-found')
  const reach = reachWith(config().reachableNetworks)
  return { outcome: await postOneClick(url, { reach, signal }) }
}
