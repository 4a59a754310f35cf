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

/** Before the password is proved: under what its connection waits. */
export const ownerOfLogin = async (login: string): Promise<string> =>
  (await findLogin(plain(login)))?.owner ?? plain(login)

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

const decide = async (who: Account, opensSame: Same): Promise<string> => {
  const login = plain(who.credentials.user)
  const person = personOfAddress(who.address)
  const all = await loginsOf(person)
  const mine = all.find((row) => row.login === login)
  if (mine?.state === 'settled') return mine.owner
  const own = mine?.owner ?? login
  const { same, state } = await compare(
    who,
    accountsAmong(all.filter(({ owner }) => owner !== own)),
    opensSame,
  )
  const owner = (same.find((row) => row.state === 'settled') ?? same[0])?.owner ?? own
  const joined = [own, ...same.map((row) => row.owner)].filter((other) => other !== owner)
  for (const id of await settleLogin({ login, person, owner, state }, joined)) endStreamsOf(id, 'comes again')
  for (const other of joined) closeAccount(other)
  return owner
}

const deciding = once('owner-decisions', () => new Map<string, Promise<unknown>>())

/** The key of who has just proved their password. Two spellings that come at once are looked at one after the other. */
export const settleOwner = async (who: Account, opensSame: Same = opensSameMail): Promise<string> => {
  const known = await findLogin(plain(who.credentials.user))
  if (known?.state === 'settled') return known.owner
  const person = personOfAddress(who.address)
  const before = deciding.get(person) ?? Promise.resolve()
  const mine = before.catch(() => undefined).then(() => decide(who, opensSame))
  deciding.set(person, mine)
  try {
    return await mine
  } finally {
    if (deciding.get(person) === mine) deciding.delete(person)
  }
}
