import 'server-only'
import { randomBytes } from 'node:crypto'
import { timeNow } from '../clock'
import { config } from '../config'
import { log } from '../log'
import type { Account } from '../mail/account'
import { listWindow } from '../mail/list'
import { tellJobChange } from '../user/job-news'
import { renewPasswords } from '../user/jobs'
import { readPreferences } from '../user/preferences'
import { addSession } from '../user/sessions'
import type { Client } from './client'
import type { Ticket } from './cookie'
import { demoNameOf } from './demo'
import { ownerOfLogin, settleOwner } from './owner'
import { personOfAddress } from './person'
import { prove } from './prove'
import { newKey, seal, serverKey } from './vault'

// Signing in: the browser POSTs { address, password } to {base}/api/session (api.signIn) with the header
// `x-posthorn: 1`, and gets { address, name } and the cookie, or an error body with one of the codes
// 'wrong-password', 'server-unreachable', 'too-many-tries' (with Retry-After), 'bad-request'. DELETE
// {base}/api/session (api.signOut) ends it. next-auth's own routes below {base}/api/auth come to the same
// function, so that whatever next-auth adds later (OIDC) makes the same sessions.

/** As many as the page is drawn with. */
const firstRows = 60

export interface Typed {
  address: string
  password: string
}

/** The mail server decides; a session row and the ticket that opens it are what remains. */
export const signIn = async (typed: Typed, client: Client): Promise<SignedIn> => {
  const login = typed.address.trim()
  const address = login.includes('@') ? login : `${login}@${config().domain}`
  const credentials = { user: login, password: typed.password }
  const key = await ownerOfLogin(login, address)
  const claimed = { key, address, name: '', credentials, client: client.address }
  await prove(claimed)
  const who = await accountOf(claimed)
  lookAtInbox(who)
  const opened = await openSession(who, client)
  await resumeSends(who)
  log().info({ event: 'signed-in', address: client.address }, 'signed in')
  return opened
}

/** What the page asks for next; while the browser is on its way to it the mailbox is opened and its first rows are read. */
const lookAtInbox = (who: Account): void =>
  void listWindow(who, { path: 'INBOX', offset: 0, limit: firstRows }).catch(() => undefined)

type SignedIn = Ticket & { address: string; name: string }

const accountOf = async (claimed: Account): Promise<Account> => {
  const key = await settleOwner(claimed)
  const name = (await readPreferences(key)).displayName || demoNameOf(claimed.address)
  return { ...claimed, key, name }
}

const openSession = async (who: Account, client: Client): Promise<SignedIn> => {
  const { key: owner, address, name, credentials } = who
  const key = newKey()
  const session = randomBytes(24).toString('base64url')
  const now = timeNow()
  await addSession({
    id: session,
    owner,
    person: personOfAddress(address),
    login: credentials.user,
    address,
    name,
    sealed_password: seal(credentials.password, key, session),
    client: client.address,
    agent: client.agent,
    created_at: now,
    used_at: now,
  })
  return { session, key: key.toString('base64url'), address, name }
}

/** Sends that waited for a password that holds. */
const resumeSends = async ({ key, credentials: { user: login, password } }: Account): Promise<void> => {
  const sealFor = (job: string): string => seal(password, serverKey(), job)
  for (const job of await renewPasswords(key, { login, sealFor })) tellJobChange(job)
}
