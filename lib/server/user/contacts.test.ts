import { beforeEach, expect, test, vi } from 'vitest'
import type * as Real from './db'

const { openDatabase } = await vi.importActual<typeof Real>('./db')
let db: Real.Db
vi.mock('./db', () => ({ database: async () => db }))
const { addContact, collect, knownAddresses, knownDomains, listContacts, removeContact } =
  await import('./contacts')
const { dropSender, keepSender, rulesFor } = await import('./senders')

beforeEach(async () => {
  db = await openDatabase(':memory:')
})

test('who was written to is collected once, and becomes a contact when added', async () => {
  const people = [
    { name: 'Bob', address: 'Bob@Example.org' },
    { name: '', address: 'bob@example.org' },
    { name: 'Broken', address: 'not an address' },
  ]
  await collect('alice', people)
  await collect('alice', people)
  expect(await listContacts('alice', { limit: 10 })).toMatchObject([{ source: 'collected' }])
  await addContact('alice', { name: 'Bob Marsh', addresses: ['BOB@example.org', 'b@home.example'] })
  expect(await listContacts('alice', { limit: 10 })).toMatchObject([
    { name: 'Bob Marsh', source: 'added', addresses: ['BOB@example.org', 'b@home.example'] },
  ])
  expect((await knownAddresses('alice', ['bob@EXAMPLE.org'])).get('bob@example.org')?.source).toBe('added')
  expect((await knownDomains('alice')).sort()).toEqual(['example.org', 'home.example'])
})

test('what one person knows, nobody else does; what is removed is gone', async () => {
  const bob = await addContact('alice', { name: 'Bob', addresses: ['bob@example.org'] })
  expect(await listContacts('carol', { limit: 10 })).toEqual([])
  await removeContact('carol', bob?.id ?? '')
  expect((await knownAddresses('alice', ['bob@example.org'])).size).toBe(1)
  await removeContact('alice', bob?.id ?? '')
  expect((await knownAddresses('alice', ['bob@example.org'])).size).toBe(0)
})

test('a decision about a sender is one of its kind, without case, and can be taken back', async () => {
  await keepSender('alice', 'Pest@Spam.example', 'blocked')
  await keepSender('alice', 'pest@spam.example', 'blocked')
  await keepSender('alice', 'pest@spam.example', 'images')
  expect([...(await rulesFor('alice', 'PEST@spam.example'))].sort()).toEqual(['blocked', 'images'])
  await dropSender('alice', 'pest@spam.example', 'blocked')
  expect([...(await rulesFor('alice', 'pest@spam.example'))]).toEqual(['images'])
})
