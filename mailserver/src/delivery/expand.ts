// From the addresses of RCPT to the places a copy goes: aliases, lists, files and .forward, followed to the end.
//
// Each place is reached once, whatever number of ways leads there; a circle ends where it closes.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonical } from '../directory/addresses'
import { splitTargets } from '../directory/aliases-file'
import type { Directory } from '../directory/contract'
import type { Config } from '../core/config'
import type { Log } from '../core/log'
import type { Notify, Recipient, Target } from '../queue/model'

export interface Asked {
  address: string
  orcpt: string | null
  notify: readonly Notify[]
}

const deepest = 20
const mostPlaces = 10_000
const longestForward = 64 * 1024

export interface Expander {
  expand(asked: readonly Asked[], folder?: string): Recipient[]
}

const readForward = (config: Config, user: string): string[] | null => {
  const file = join(config.home, 'mail', 'users', user, '.forward')
  // Asked for every recipient, and hardly anybody has one: an exception costs far more than the question.
  if (!existsSync(file)) return null
  try {
    const text = readFileSync(file, 'utf8').slice(0, longestForward)
    const targets = text
      .split(/\r?\n/)
      .filter((line) => !/^\s*(#|$)/.test(line))
      .flatMap(splitTargets)
    return targets.length > 0 ? targets : null
  } catch {
    return null
  }
}

export const createExpander = (parts: { config: Config; directory: Directory; log: Log }): Expander => {
  const { config, directory, log } = parts

  const expandOne = (asked: Asked, folder: string, found: Map<string, Recipient>) => {
    const add = (address: string, target: Target) => {
      if (found.size >= mostPlaces) return log.error('alias-too-large', { address: asked.address })
      const { orcpt, notify } = asked
      if (!found.has(address)) found.set(address, { address, original: asked.address, orcpt, notify, target })
    }
    const follow = (given: string, path: readonly string[]): void => {
      if (given.startsWith('/')) return add(given, { kind: 'file', path: given })
      const address = canonical(given)
      if (path.includes(address) || path.length >= deepest) {
        return log.warn('alias-loop', { address, path: path.join(' > ') })
      }
      const route = directory.route(address)
      if (route.kind === 'foreign') return add(given, { kind: 'foreign' })
      if (route.kind === 'unknown-user')
        return log.warn('alias-to-nobody', { address, path: path.join(' > ') })
      if (route.kind === 'alias') return route.to.forEach((next) => follow(next, [...path, address]))
      deliverTo(route.user, [...path, address])
    }
    const deliverTo = (user: string, path: readonly string[]) => {
      const keep = () => add(user, { kind: 'mailbox', user, folder })
      const forward = path.includes(`.forward of ${user}`) ? null : readForward(config, user)
      if (!forward) return keep()
      for (const target of forward) {
        // A backslash stops the forwarding: this copy stays here (as in sendmail's and Postfix's local(8)).
        const bare = target.replace(/^\\/, '')
        const address =
          bare.includes('@') || bare.startsWith('/') ? bare : `${bare}@${user.slice(user.indexOf('@') + 1)}`
        if (canonical(address) === user) keep()
        else if (/^[|]/.test(bare) || (bare.startsWith('/') && !config.allow_file_aliases)) {
          log.error('forward-refused', { user, target: bare.slice(0, 200) })
          keep()
        } else follow(address, [...path, `.forward of ${user}`])
      }
    }
    follow(asked.address, [])
  }
  return {
    expand: (asked, folder = 'INBOX') => {
      const found = new Map<string, Recipient>()
      for (const each of asked) expandOne(each, folder, found)
      return [...found.values()]
    },
  }
}
