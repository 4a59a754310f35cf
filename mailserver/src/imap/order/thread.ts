// THREAD (RFC 5256 section 3): what both algorithms work on.
import type { Session } from '../session'
import type { Chains } from './chains'
import { chainsOf } from './contents'
import { positionsIn, valuesAt } from './numbers'
import { presentOf, sentOf } from './sort'

/** The messages to be threaded, each by its index; `at` is its position in `chains`. */
export interface Gathered {
  chains: Chains
  uids: readonly number[]
  at: Int32Array
  dates: Float64Array
}

export const gather = async (session: Session, found: readonly number[]): Promise<Gathered> => {
  const messages = await presentOf(session, found)
  const chains = await chainsOf(session, messages.contents)
  const positions = positionsIn(chains.contents, messages.contents)
  const uids = positions.includes(-1)
    ? messages.uids.filter((_, index) => positions[index] !== -1)
    : messages.uids
  const at = uids === messages.uids ? positions : positions.filter((position) => position !== -1)
  const dates = await sentOf(session, uids, valuesAt(chains.dates, at))
  return { chains, uids, at, dates }
}
