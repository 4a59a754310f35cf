// Fair shares, over all doors: connections per foreign address; messages and recipients per hour, of a signed-in user or of a foreign
// address that nobody trusts. Users and addresses are kept apart: strangers, who have any number of addresses, push out
// no user's hour, and of their own only the longest ago.
import type { Clock } from '../core/clock'
import type { Config } from '../core/config'
import { shareOf } from '../core/network'
import { reply } from './library'

const hour = 3_600_000
const mostWindows = 100_000
const manyWindows = 10_000

interface Window {
  since: number
  messages: number
  recipients: number
}

export interface Limits {
  connect(address: string, here: boolean): Error | null
  /** Of a connection that was counted, by the address it came from. */
  disconnect(address: string): void
  message(who: Counted | null): Error | null
  recipient(who: Counted | null): Error | null
}

/** Whose window it is: a signed-in user's, or that of an address nobody knows. */
export type Counted = { user: string } | { address: string }

/** By who it is; the first begun stands first. */
class Windows {
  private readonly all = new Map<string, Window>()
  constructor(private readonly clock: Clock) {}

  of(who: string): Window {
    const now = this.clock.now()
    const found = this.all.get(who)
    if (found && now - found.since < hour) return found
    this.all.delete(who)
    if (this.all.size >= mostWindows) this.makeRoom(now)
    const fresh = { since: now, messages: 0, recipients: 0 }
    this.all.set(who, fresh)
    return fresh
  }

  /** Many at a time: a Map steps over all that was deleted before its first. */
  private makeRoom(now: number) {
    let left = manyWindows
    for (const [first, { since }] of this.all) {
      if (left-- <= 0 && now - since < hour) return
      this.all.delete(first)
    }
  }
}

export const createLimits = ({ config, clock }: { config: Config; clock: Clock }): Limits => {
  const open = new Map<string, number>()
  const users = new Windows(clock)
  const addresses = new Windows(clock)
  const windowOf = (who: Counted): Window =>
    'user' in who ? users.of(who.user) : addresses.of(shareOf(who.address))
  return {
    connect: (address, here) => {
      const share = shareOf(address)
      const now = (open.get(share) ?? 0) + 1
      open.set(share, now)
      return !here && now > config.connections_per_address
        ? reply(421, '4.7.0 too many connections from your address')
        : null
    },
    disconnect: (address) => {
      const share = shareOf(address)
      const left = (open.get(share) ?? 1) - 1
      if (left > 0) open.set(share, left)
      else open.delete(share)
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
