import { beforeEach, describe, expect, it, vi } from 'vitest'
import type * as Pool from '../mail/pool'
import { inHome } from '../testing/environment'
import type * as Real from '../user/db'
import { cookieName, writeTicket } from './cookie'
import { personOfAddress } from './person'
import type { Session } from './session'
import { newKey } from './vault'

const { openDatabase } = await vi.importActual<typeof Real>('../user/db')
let db: Real.Db
vi.mock('../user/db', () => ({ database: async () => db }))
const closed: string[] = []
vi.mock('../mail/pool', async (real) => ({
  ...(await real<typeof Pool>()),
  closeAccount: (key: string) => void closed.push(key),
}))
const { addSession } = await import('../user/sessions')
const { sessionOf } = await import('./session')
const { endOther, endOthers, listSessions, signOut } = await import('./sign-out')

inHome()
beforeEach(async () => {
  db = await openDatabase(':memory:')
  closed.length = 0
})

/** As if this had been typed. */
const signedIn = async (id: string, login: string): Promise<{ ask: () => Promise<Session | null> }> => {
  const address = login.includes('@') ? login : `${login}@posthorn.test`
  const now = Date.now()
  const told = { name: '', sealed_password: '', client: '', agent: '', created_at: now, used_at: now }
  await addSession({ id, owner: login, person: personOfAddress(address), login, address, ...told })
  const ticket = await writeTicket({ session: id, key: newKey().toString('base64url') })
  const headers = new Headers({ cookie: `${cookieName()}=${ticket}` })
  return { ask: () => sessionOf(headers) }
}

describe('a person who typed their address in several spellings', () => {
  const everywhere = async () => {
    const laptop = await signedIn('laptop', 'alice@posthorn.test')
    const others = [await signedIn('phone', 'alice'), await signedIn('tablet', 'ALICE@posthorn.test')]
    const bob = await signedIn('other', 'bob@posthorn.test')
    return { session: (await laptop.ask()) as Session, laptop, others, bob }
  }

  it('sees all sessions, and ends each', async () => {
    const { session, others, bob } = await everywhere()
    const ids = (await listSessions(session)).map(({ id }) => id)
    expect(ids.sort()).toEqual(['laptop', 'phone', 'tablet'])
    await endOther(session, 'phone')
    expect(await others[0]?.ask()).toBeNull()
    expect(closed).toEqual(['alice'])
    await expect(endOther(session, 'other')).rejects.toThrow('not-found')
    expect(await bob.ask()).not.toBeNull()
  })

  it('ends all others, with their connections', async () => {
    const { session, laptop, others, bob } = await everywhere()
    await endOthers(session)
    for (const other of others) expect(await other.ask()).toBeNull()
    expect(closed.sort()).toEqual(['ALICE@posthorn.test', 'alice'])
    expect(await laptop.ask()).not.toBeNull()
    expect(await bob.ask()).not.toBeNull()
  })

  it('signs out here alone, or everywhere', async () => {
    const { session, laptop, others, bob } = await everywhere()
    await signOut(session, 'here')
    expect(closed).toEqual(['alice@posthorn.test'])
    expect(await laptop.ask()).toBeNull()
    const left = (await others[0]?.ask()) as Session
    await signOut(left, 'everywhere')
    expect(await others[1]?.ask()).toBeNull()
    expect(await bob.ask()).not.toBeNull()
  })
})

it('whom the mail server tells apart by the spelling keeps their sessions to themselves', async () => {
  const names = ['alice@posthorn.test', 'Alice@posthorn.test']
  const people = await Promise.all(names.map((name) => signedIn(name, name)))
  for (const login of names) {
    const row = { login, person: personOfAddress(login), owner: login, state: 'settled' as const }
    await db.insertInto('logins').values(row).execute()
  }
  const session = (await people[0]?.ask()) as Session
  expect((await listSessions(session)).map(({ id }) => id)).toEqual([names[0]])
  await signOut(session, 'everywhere')
  expect(await people[1]?.ask()).not.toBeNull()
})
