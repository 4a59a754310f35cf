import { beforeEach, expect, test, vi } from 'vitest'
import { noDetails, plainContact } from '@/lib/model/plain-contact'
import type * as Real from './db'

const { openDatabase } = await vi.importActual<typeof Real>('./db')
let db: Real.Db
vi.mock('./db', () => ({ database: async () => db }))
const {
  addContact,
  addContacts,
  changeContact,
  collect,
  knownAddresses,
  knownDomains,
  listContacts,
  readContact,
  removeContact,
  renameGroup,
} = await import('./contacts')
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
  await addContact('alice', {
    ...plainContact({ name: 'Bob Marsh', address: 'BOB@example.org' }),
    addresses: ['BOB@example.org', 'b@home.example'],
  })
  expect(await listContacts('alice', { limit: 10 })).toMatchObject([
    { name: 'Bob Marsh', source: 'added', addresses: ['BOB@example.org', 'b@home.example'] },
  ])
  expect((await knownAddresses('alice', ['bob@EXAMPLE.org'])).get('bob@example.org')?.source).toBe('added')
  expect((await knownDomains('alice')).sort()).toEqual(['example.org', 'home.example'])
})

test('what one person knows, nobody else does; what is removed is gone', async () => {
  const bob = await addContact('alice', plainContact({ name: 'Bob', address: 'bob@example.org' }))
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

test('many are added at once, but for those who were added before, in the same file too', async () => {
  await collect('alice', [{ name: '', address: 'ada@x.example' }])
  const [ada, bob] = ['ada', 'bob'].map((name) => plainContact({ name, address: `${name}@x.example` }))
  expect(await addContacts('alice', [ada!, bob!, ada!])).toEqual({ added: 2, known: 1, unread: 0 })
  expect(await listContacts('alice', { limit: 9 })).toMatchObject([
    { name: 'ada', source: 'added', uses: 1 },
    { name: 'bob', source: 'added' },
  ])
  expect(await addContacts('alice', [bob!])).toEqual({ added: 0, known: 1, unread: 0 })
})

test('a contact is changed in whole, keeps how often it was used, and comes back as it was', async () => {
  await collect('alice', [{ name: 'Ada', address: 'ada@x.example' }])
  await collect('alice', [{ name: 'Ada', address: 'ADA@x.example' }])
  const [collected] = await listContacts('alice', { limit: 10 })
  expect(collected).toMatchObject({ source: 'collected', uses: 2 })
  const details = { ...noDetails, organisation: 'Engines', phones: ['+44 1'] }
  const to = { ...plainContact({ name: 'Ada L.', address: 'ada@new.example' }), groups: ['Maths'], details }
  expect(await changeContact('carol', collected!.id, to)).toBeNull()
  expect(await changeContact('alice', collected!.id, to)).toMatchObject({ uses: 2, source: 'added', details })
  expect((await knownAddresses('alice', ['ada@x.example'])).size).toBe(0)
  const gone = await removeContact('alice', collected!.id)
  expect(gone).toMatchObject({ name: 'Ada L.', groups: ['Maths'], details })
  await addContact('alice', gone!)
  expect(await listContacts('alice', { limit: 10 })).toMatchObject([{ name: 'Ada L.', groups: ['Maths'] }])
})

test('who was collected becomes one with the contact that gets the address', async () => {
  await collect('alice', [{ name: '', address: 'ada@home.example' }])
  const ada = await addContact('alice', plainContact({ name: 'Ada', address: 'ada@x.example' }))
  const addresses = ['ada@x.example', 'ada@home.example']
  await changeContact('alice', ada!.id, { ...plainContact({ name: 'Ada', address: '' }), addresses })
  expect(await listContacts('alice', { limit: 10 })).toMatchObject([{ name: 'Ada', addresses, uses: 1 }])
})

test('a group is renamed, becomes one with another, and is taken away', async () => {
  const add = (name: string, groups: string[]) =>
    addContact('alice', { ...plainContact({ name, address: `${name}@x.example` }), groups })
  const one = await add('one', ['Tea', 'Choir'])
  await add('two', ['Choir'])
  await renameGroup('carol', 'Tea', null)
  await renameGroup('alice', 'Tea', 'Choir')
  expect((await listContacts('alice', { limit: 9 })).map(({ groups }) => groups)).toEqual([
    ['Choir'],
    ['Choir'],
  ])
  await renameGroup('alice', 'Choir', null)
  expect((await readContact('alice', one!.id))?.groups).toEqual([])
})

test('who is brought back keeps how often they were written to, and when last', async () => {
  await collect('alice', [{ name: 'Bob', address: 'bob@example.org' }])
  await collect('alice', [{ name: 'Bob', address: 'bob@example.org' }])
  const [known] = await listContacts('alice', { limit: 10 })
  const gone = await removeContact('alice', known!.id)
  const back = await addContact('alice', gone!)
  expect([back?.uses, back?.usedAt]).toEqual([2, known?.usedAt])
})
