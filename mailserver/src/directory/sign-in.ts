// Signing in: by password against its scrypt hash, by SCRAM against the keys beside it, or by a token of
// somebody else's (token.ts).
//
// Invariants: an unknown user costs the same work as a wrong password; all ways count the same failures.
import { createHmac, randomBytes } from 'node:crypto'
import type { Clock } from '../core/clock'
import type { Config } from '../core/config'
import type { Log } from '../core/log'
import { keysFor, keysOfNobody, readKeys, writeKeys } from '../sasl/scram'
import { canonical } from './addresses'
import type { Directory, SignIn, User } from './contract'
import type { DirectoryDatabase, UserRow } from './database'
import { hashPassword, nobody, passwordMatches } from './password'
import { createThrottle, type Throttle } from './throttle'
import { createTokens, type AskToken } from './token'

const rememberFor = 5 * 60_000

export const asUser = (row: UserRow): User => ({
  address: row.address,
  name: row.name,
  disabled: row.disabled === 1,
})

/** What is kept of a password. SCRAM's keys are cheaper to search than the hash, so they exist only where it is on. */
export const secretsOf = async (
  config: Config,
  password: string,
): Promise<Pick<UserRow, 'hash' | 'scram'>> => ({
  hash: await hashPassword(password),
  scram: config.scram ? writeKeys(await keysFor(password)) : null,
})

/** Remembers for minutes that a password was right: clients reconnect far more often than scrypt is cheap. */
const createMemory = (clock: Clock) => {
  const secret = randomBytes(32)
  const kept = new Map<string, number>()
  const keyOf = (row: UserRow, password: string) =>
    createHmac('sha256', secret).update(`${row.address}\0${row.hash}\0${password}`).digest('base64')
  return {
    knows: (row: UserRow, password: string) => (kept.get(keyOf(row, password)) ?? 0) > clock.now(),
    keep: (row: UserRow, password: string) => {
      if (kept.size > 10_000) kept.clear()
      kept.set(keyOf(row, password), clock.now() + rememberFor)
    },
  }
}

const wait = (clock: Clock, ms: number) =>
  new Promise<void>((done) => (ms === 0 ? done() : void clock.after(ms, done)))

interface Parts {
  config: Config
  clock: Clock
  log: Log
}

interface Doorkeeper extends Parts {
  database: DirectoryDatabase
  throttle: Throttle
  find(login: string): UserRow | undefined
  refuse(login: string, peer: string, reason: 'refused' | 'disabled'): SignIn
  /** Milliseconds that this try has to wait first. */
  pause(login: string, peer: string): number | 'banned'
}

const createDoorkeeper = (parts: Parts, database: DirectoryDatabase): Doorkeeper => {
  const { config, clock, log } = parts
  const nameOf = (login: string) => canonical(login.includes('@') ? login : `${login}@${config.domain}`)
  const throttle = createThrottle(clock, nameOf)
  return {
    ...parts,
    database,
    throttle,
    find: (login) => database.rows().users.get(nameOf(login)),
    refuse: (login, peer, reason) => {
      const failures = throttle.failed(peer, login)
      // The line that deploy/fail2ban matches.
      log.warn('sign-in-failed', { login: login.slice(0, 254), peer, failures })
      return { ok: false, reason }
    },
    pause: (login, peer) => {
      const pause = throttle.check(peer, login)
      if (pause === 'banned') log.warn('sign-in-banned', { login: login.slice(0, 254), peer })
      return pause
    },
  }
}

const byPassword = (door: Doorkeeper): Directory['authenticate'] => {
  const { clock, config, database, throttle } = door
  const memory = createMemory(clock)
  return async (login, password, peer) => {
    const pause = door.pause(login, peer)
    if (pause === 'banned') return { ok: false, reason: 'slow-down' }
    const row = door.find(login)
    if (row && row.disabled === 0 && memory.knows(row, password)) {
      throttle.succeeded(peer, login)
      return { ok: true, user: asUser(row) }
    }
    await wait(clock, pause)
    const right = await passwordMatches(password, row?.hash ?? nobody)
    if (!row || !right) return door.refuse(login, peer, 'refused')
    if (row.disabled === 1) return door.refuse(login, peer, 'disabled')
    throttle.succeeded(peer, login)
    memory.keep(row, password)
    // SCRAM was turned on after this password was set: now, and only now, its keys can be made.
    if (config.scram && !row.scram) {
      database.updateUser(row.address, { scram: writeKeys(await keysFor(password)) })
    }
    return { ok: true, user: asUser(row) }
  }
}

const byScram = (door: Doorkeeper): Directory['scram'] => {
  const secret = randomBytes(32)
  return async (login, peer) => {
    const pause = door.pause(login, peer)
    if (pause === 'banned') return 'slow-down'
    await wait(door.clock, pause)
    const row = door.find(login)
    const keys = readKeys(row?.scram ?? null)
    return {
      keys: keys ?? keysOfNobody(secret, login),
      close: (outcome) => {
        if (!row || !keys || outcome === 'wrong') return door.refuse(login, peer, 'refused')
        if (row.disabled === 1) return door.refuse(login, peer, 'disabled')
        door.throttle.succeeded(peer, login)
        return { ok: true, user: asUser(row) }
      },
    }
  }
}

const byToken =
  (door: Doorkeeper, whose: AskToken): NonNullable<Directory['token']> =>
  async (login, token, peer) => {
    const pause = door.pause(login, peer)
    if (pause === 'banned') return { ok: false, reason: 'slow-down' }
    await wait(door.clock, pause)
    const answer = await whose(token)
    if (answer.kind === 'unreachable') return { ok: false, reason: 'unavailable' }
    const row = door.find(login)
    const isTheirs = answer.kind === 'holder' && door.find(answer.address)?.address === row?.address
    if (!row || !isTheirs) return door.refuse(login, peer, 'refused')
    if (row.disabled === 1) return door.refuse(login, peer, 'disabled')
    door.throttle.succeeded(peer, login)
    return { ok: true, user: asUser(row) }
  }

export const createSignIn = (
  parts: Parts,
  database: DirectoryDatabase,
): Pick<Directory, 'authenticate' | 'scram' | 'token'> => {
  const door = createDoorkeeper(parts, database)
  const whose = createTokens(parts.config, parts.clock, (error) =>
    parts.log.error('token-giver-failed', { error: String(error) }),
  )
  return {
    authenticate: byPassword(door),
    scram: parts.config.scram ? byScram(door) : null,
    token: whose && byToken(door, whose),
  }
}
