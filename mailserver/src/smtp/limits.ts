// Fair shares: connections per foreign address; messages and recipients per hour, of a signed-in user or of a foreign
// address that nobody trusts.
import type { Clock } from '../core/clock'
import type { Config } from '../core/config'
import { reply } from './library'

const hour = 3_600_000
const mostUsers = 100_000

interface Window {
  since: number
  messages: number
  recipients: number
}

export interface Limits {
  connect(address: string, here: boolean): Error | null
  disconnect(address: string): void
  message(who: Counted | null): Error | null
  recipient(who: Counted | null): Error | null
}

/** Whose window it is: a signed-in user's, or that of an address nobody knows. */
export type Counted = { user: string } | { address: string }

export const createLimits = ({ config, clock }: { config: Config; clock: Clock }): Limits => {
  const open = new Map<string, number>()
  const windows = new Map<string, Window>()
  const windowOf = (who: Counted): Window => {
    const key = 'user' in who ? who.user : `[${who.address}]`
    const found = windows.get(key)
    if (found && clock.now() - found.since < hour) return found
    if (windows.size > mostUsers) windows.clear()
    const fresh = { since: clock.now(), messages: 0, recipients: 0 }
    windows.set(key, fresh)
    return fresh
  }
  return {
    connect: (address, here) => {
      const now = (open.get(address) ?? 0) + 1
      open.set(address, now)
      return !here && now > config.connections_per_address
        ? reply(421, '4.7.0 too many connections from your address')
        : null
    },
    disconnect: (address) => {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    },
    message: (who) => {
      if (who === null) return null
      const window = windowOf(who)
      window.messages += 1
      return window.messages > ('user' in who ? config.messages_per_hour : config.messages_per_address)
        ? reply(450, '4.7.1 you have sent too much in the last hour')
        : null
    },
    recipient: (who) => {
      if (who === null) return null
      const window = windowOf(who)
      window.recipients += 1
      return window.recipients > ('user' in who ? config.recipients_per_hour : config.recipients_per_address)
        ? reply(450, '4.7.1 you have written to too many in the last hour')
        : null
    },
  }
}
