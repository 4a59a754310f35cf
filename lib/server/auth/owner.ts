import 'server-only'
import { log } from '../log'
import type { Account } from '../mail/account'
import { closeAccount } from '../mail/pool'
import { opensSameMail } from '../mail/same-mail'
import { once } from '../once'
import { findLogin, type LoginRow, loginsOf, settleLogin } from '../user/logins'
import { endStreamsOf } from './ended'
import { personOfAddress } from './person'

// Under which key the data of who signs in is kept (`Account.key`). One mail server takes `Alice@` and `alice@` for one person
// and another for two, and none of them says which: a name is an account of its own until another spelling of its address has
// been here; then both are opened, once, and are one account when they open the same mail. Invariants:
// - no name comes to an account that its password did not open under the account's own name;
// - what was found is kept; what could not be asked is asked again at the next sign-in.

/** Only a domain has no case whatever the server (RFC 5321 section 2.4). */
const plain = (login: string): string => {
  const at = login.lastIndexOf('@')
  return at < 0 ? login : login.slice(0, at) + login.slice(at).toLowerCase()
}

/**
 * A name without a domain is somebody else when the domain of the house changes: what it found then is not theirs, and they are
 * known by their whole address.
 */
const ownerBy = (row: LoginRow | null, { login, address, person }: Named): string => {
  if (!row) return login
  return row.person === person ? row.owner : plain(address)
}

interface Named {
  login: string
  address: string
  person: string
}

const nameOf = (login: string, address: string): Named => ({
  login: plain(login),
  address,
  person: personOfAddress(address),
})

/** Before the password is proved: under what its connection waits. */
export const ownerOfLogin = async (login: string, address: string): Promise<string> =>
  ownerBy(await findLogin(plain(login)), nameOf(login, address))

/** More accounts than these of one address are not asked about. */
const mostOthers = 4

type Same = (who: Account, login: string) => Promise<boolean>

interface Found {
  same: LoginRow[]
  state: LoginRow['state']
}

const compare = async (who: Account, others: readonly LoginRow[], opensSame: Same): Promise<Found> => {
  const found: Found = { same: [], state: 'settled' }
  for (const other of others.slice(0, mostOthers))
    try {
      if (await opensSame(who, other.login)) found.same.push(other)
    } catch (cause) {
      found.state = 'unasked'
      log().warn({ event: 'spelling-not-asked', err: cause }, 'another spelling could not be asked about')
    }
  return found
}

/** One of each account, under its own name where that has been here. */
const accountsAmong = (rows: readonly LoginRow[]): LoginRow[] => {
  const accounts = new Map<string, LoginRow>()
  for (const row of rows)
    if (row.login === row.owner || !accounts.has(row.owner)) accounts.set(row.owner, row)
  return [...accounts.values()]
}

const isSettled = (row: LoginRow | null, { person }: Named): row is LoginRow =>
  row?.state === 'settled' && row.person === person

const decide = async (who: Account, named: Named, opensSame: Same): Promise<string> => {
  const { login, person } = named
  const mine = await findLogin(login)
  if (isSettled(mine, named)) return mine.owner
  const own = ownerBy(mine, named)
  const all = await loginsOf(person)
  const { same, state } = await compare(
    who,
    accountsAmong(all.filter(({ owner }) => owner !== own)),
    opensSame,
  )
  // Of those that an earlier version kept apart, it is who signs in first that is in daily use.
  const owner = same.find((row) => row.state === 'settled')?.owner ?? own
  const joined = [own, ...same.map((row) => row.owner)].filter((other) => other !== owner)
  for (const id of await settleLogin({ login, person, owner, state }, joined)) endStreamsOf(id, 'comes again')
  for (const other of joined) closeAccount(other)
  return owner
}

const deciding = once('owner-decisions', () => new Map<string, Promise<unknown>>())

/** The key of who has just proved their password. Two spellings that come at once are looked at one after the other. */
export const settleOwner = async (who: Account, opensSame: Same = opensSameMail): Promise<string> => {
  const named = nameOf(who.credentials.user, who.address)
  const { login, person } = named
  const known = await findLogin(login)
  if (isSettled(known, named)) return known.owner
  const before = deciding.get(person) ?? Promise.resolve()
  const mine = before.catch(() => undefined).then(() => decide(who, named, opensSame))
  deciding.set(person, mine)
  try {
    return await mine
  } finally {
    if (deciding.get(person) === mine) deciding.delete(person)
  }
}
