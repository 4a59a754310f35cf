import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@/lib/model/errors'
import type { Account } from '../mail/account'
import { inHome } from '../testing/environment'
import type * as Real from '../user/db'
import { personOfAddress } from './person'

const { openDatabase } = await vi.importActual<typeof Real>('../user/db')
let db: Real.Db
vi.mock('../user/db', () => ({ database: async () => db }))
const { changePreferences, readPreferences } = await import('../user/preferences')
const { readIdentities, writeIdentities } = await import('../user/writing')
const { keepLabel, listLabels } = await import('../user/labels')
const { addSession, sessionsOf } = await import('../user/sessions')
const { ownerOfLogin, settleOwner } = await import('./owner')

inHome()
let asked: string[]
beforeEach(async () => {
  db = await openDatabase(':memory:')
  asked = []
})

let domain = 'posthorn.test'
const addressOf = (user: string) => (user.includes('@') ? user : `${user}@${domain}`)
const who = async (user: string): Promise<Account> => ({
  key: await ownerOfLogin(user, addressOf(user)),
  address: addressOf(user),
  name: '',
  credentials: { user, password: 'secret' },
})

/** A mail server that says of two names whether they are one mailbox, or is not there. */
const server = (answer: boolean | 'away') => async (one: Account, other: string) => {
  asked.push(`${one.credentials.user} ${other}`)
  if (answer === 'away') throw new AppError('server-unreachable')
  return answer
}
const signIn = async (user: string, answer: boolean | 'away' = true) =>
  settleOwner(await who(user), server(answer))

describe('on a server that folds case', () => {
  it('every spelling of an address is one account, and is asked about once', async () => {
    expect(await signIn('Alice@Posthorn.TEST')).toBe('Alice@posthorn.test')
    expect(asked).toEqual([])
    for (let time = 0; time < 2; time++)
      for (const spelling of ['alice@posthorn.test', 'alice', '"alice"@posthorn.test', 'ALICE@posthorn.test'])
        expect(await signIn(spelling)).toBe('Alice@posthorn.test')
    expect(asked).toHaveLength(4)
    expect(await signIn('bob')).toBe('bob')
  })

  it('two that come for the first time at one moment are one account', async () => {
    const owners = await Promise.all(['alice', 'ALICE', 'Alice'].map((user) => signIn(user)))
    expect(new Set(owners).size).toBe(1)
  })

  it('what was kept apart by an earlier version comes together, and no session ends', async () => {
    await kept('alice@posthorn.test', { displayName: 'Alice', identity: 'one', label: '$work' })
    await kept('ALICE@posthorn.test', { displayName: 'A.', identity: 'two', label: '$home' })
    await db.insertInto('logins').values(rowOf('alice@posthorn.test')).execute()
    await db.insertInto('logins').values(rowOf('ALICE@posthorn.test')).execute()

    const owner = await signIn('alice@posthorn.test')
    for (const spelling of ['alice@posthorn.test', 'ALICE@posthorn.test'])
      expect(await ownerOfLogin(spelling, spelling)).toBe(owner)
    expect(owner).toBe('alice@posthorn.test')
    expect((await readPreferences(owner)).displayName).toBe('Alice')
    expect((await db.selectFrom('sessions').select('name').execute()).map(({ name }) => name)).toEqual([
      'Alice',
      'Alice',
    ])
    expect((await readIdentities(owner)).map(({ id }) => id).sort()).toEqual(['one', 'two'])
    expect((await listLabels(owner)).map(({ keyword }) => keyword)).toEqual(
      expect.arrayContaining(['$work', '$home']),
    )
    expect((await sessionsOf('alice@posthorn.test')).map((row) => row.owner)).toEqual([owner, owner])
    for (const table of ['preferences', 'identities', 'labels', 'sessions', 'logins'] as const) {
      const owners = await db.selectFrom(table).select('owner').distinct().execute()
      expect([table, owners]).toEqual([table, [{ owner }]])
    }
    expect(await signIn('ALICE@posthorn.test')).toBe(owner)
  })
})

it('on a server that tells spellings apart each is a person of their own, asked about once', async () => {
  for (let time = 0; time < 2; time++) {
    expect(await signIn('alice@posthorn.test', false)).toBe('alice@posthorn.test')
    expect(await signIn('Alice@posthorn.test', false)).toBe('Alice@posthorn.test')
  }
  expect(asked).toEqual(['Alice@posthorn.test alice@posthorn.test'])
})

it('what could not be asked is asked the next time; what was written meanwhile comes along', async () => {
  await signIn('alice@posthorn.test')
  const apart = await signIn('Alice@posthorn.test', 'away')
  expect(apart).toBe('Alice@posthorn.test')
  await changePreferences(apart, { displayName: 'Alice' })
  expect(await signIn('Alice@posthorn.test')).toBe('alice@posthorn.test')
  expect((await readPreferences('alice@posthorn.test')).displayName).toBe('Alice')
})

it('a name without a domain is somebody else when the house has another domain', async () => {
  expect(await signIn('alice')).toBe('alice')
  expect(await signIn('alice@posthorn.test')).toBe('alice')
  domain = 'other.test'
  try {
    expect((await who('alice')).key).toBe('alice@other.test')
    for (let time = 0; time < 2; time++) expect(await signIn('alice')).toBe('alice@other.test')
    expect(await signIn('alice@posthorn.test')).toBe('alice')
  } finally {
    domain = 'posthorn.test'
  }
})

const rowOf = (login: string) => ({
  login,
  person: personOfAddress(login),
  owner: login,
  state: 'unasked' as const,
})

const kept = async (owner: string, has: { displayName: string; identity: string; label: string }) => {
  await changePreferences(owner, { displayName: has.displayName })
  const none = { replyTo: null, bcc: null, organisation: '', signature: '' }
  await writeIdentities(owner, [{ id: has.identity, name: '', address: 'alice@posthorn.test', ...none }])
  await keepLabel(owner, { keyword: has.label, name: has.label.slice(1), colour: 'teal' })
  const now = Date.now()
  const told = { name: '', sealed_password: '', client: '', agent: '', created_at: now, used_at: now }
  const person = personOfAddress(owner)
  await addSession({ id: owner, owner, person, login: owner, address: owner, ...told })
}
