import 'server-only'
import { randomBytes } from 'node:crypto'
import { type Address, isCompleteAddress } from '@/lib/model/address'
import type { Contact, NewContact } from '@/lib/model/contact'
import { type Db, database } from './db'
import type { ContactRow } from './schema'

// The people somebody knows. An address is compared without case: no server in use tells `Ada@` from `ada@`,
// and a reader never does.

const mostContacts = 20_000
const newId = (): string => randomBytes(16).toString('base64url')
export const addressKey = (address: string): string => address.trim().toLowerCase()

type Source = Contact['source']

const listOf = (text: string): string[] => {
  const value: unknown = JSON.parse(text)
  return Array.isArray(value) ? value.map(String) : []
}

const contactOf = (row: ContactRow, addresses: string[]): Contact => ({
  id: row.id,
  name: row.name,
  addresses,
  groups: listOf(row.groups),
  source: row.source === 'added' ? 'added' : 'collected',
})

const addressesOf = async (db: Db, owner: string, ids: string[]): Promise<Map<string, string[]>> => {
  const found = new Map<string, string[]>()
  for (let at = 0; at < ids.length; at += 500) {
    const rows = await db
      .selectFrom('contact_addresses')
      .select(['contact', 'address'])
      .where('owner', '=', owner)
      .where('contact', 'in', ids.slice(at, at + 500))
      .orderBy('position')
      .execute()
    for (const { contact, address } of rows) found.set(contact, [...(found.get(contact) ?? []), address])
  }
  return found
}

export interface Asked {
  limit: number
}

/** By name, those who were added first. */
export const listContacts = async (owner: string, { limit }: Asked): Promise<Contact[]> => {
  const db = await database()
  const rows = await db
    .selectFrom('contacts')
    .selectAll()
    .where('owner', '=', owner)
    .orderBy('source')
    .orderBy('name')
    .orderBy('id')
    .limit(limit)
    .execute()
  const ids = rows.map(({ id }) => id)
  const addresses = await addressesOf(db, owner, ids)
  return rows.map((row) => contactOf(row, addresses.get(row.id) ?? []))
}

export type Known = Map<string, { id: string; source: Source }>

/** Which of these addresses belong to a contact; who was added counts before who was collected. */
export const knownAddresses = async (owner: string, addresses: readonly string[]): Promise<Known> => {
  const keys = [...new Set(addresses.map(addressKey))].slice(0, 500)
  if (keys.length === 0) return new Map()
  const rows = await (
    await database()
  )
    .selectFrom('contact_addresses')
    .innerJoin('contacts', 'contacts.id', 'contact_addresses.contact')
    .select(['contact_addresses.key', 'contacts.id', 'contacts.source'])
    .where('contact_addresses.owner', '=', owner)
    .where('contact_addresses.key', 'in', keys)
    .orderBy('contacts.source', 'desc')
    .execute()
  return new Map(
    rows.map(({ key, id, source }) => [key, { id, source: source === 'added' ? 'added' : 'collected' }]),
  )
}

/** The domains of everybody known, for telling a look-alike from the real one. */
export const knownDomains = async (owner: string, most = 5000): Promise<string[]> => {
  const rows = await (
    await database()
  )
    .selectFrom('contact_addresses')
    .select('domain')
    .distinct()
    .where('owner', '=', owner)
    .limit(most)
    .execute()
  return rows.map(({ domain }) => domain)
}

const insert = async (db: Db, owner: string, wanted: NewContact & { source: Source }): Promise<Contact> => {
  const now = Date.now()
  const { name, addresses, source } = wanted
  const row = { id: newId(), owner, name, groups: '[]', card: '{}', source, created_at: now, updated_at: now }
  await db.insertInto('contacts').values(row).execute()
  const unique = [...new Map(addresses.map((address) => [addressKey(address), address])).entries()]
  await db
    .insertInto('contact_addresses')
    .values(
      unique.map(([key, address], position) => ({
        owner,
        contact: row.id,
        key,
        address,
        domain: key.slice(key.lastIndexOf('@') + 1),
        position,
      })),
    )
    .execute()
  return contactOf(
    row,
    unique.map(([, address]) => address),
  )
}

const mayHaveMore = async (db: Db, owner: string): Promise<boolean> => {
  const { count } = await db
    .selectFrom('contacts')
    .select((select) => select.fn.countAll().as('count'))
    .where('owner', '=', owner)
    .executeTakeFirstOrThrow()
  return Number(count) < mostContacts
}

/** Null when there is no room for another. Whoever was only collected under one of the addresses becomes this contact. */
export const addContact = async (owner: string, wanted: NewContact): Promise<Contact | null> => {
  const known = await knownAddresses(owner, wanted.addresses)
  const collected = [...known.values()].filter(({ source }) => source === 'collected').map(({ id }) => id)
  const db = await database()
  return db.transaction().execute(async (within) => {
    for (const id of collected) await removeIn(within, owner, id)
    return (await mayHaveMore(within, owner)) ? insert(within, owner, { ...wanted, source: 'added' }) : null
  })
}

/** Who was written to is known from then on. A list of hundreds is no circle of acquaintances. */
export const collect = async (owner: string, people: readonly Address[]): Promise<void> => {
  const some = people.slice(0, 50).filter(({ address }) => isCompleteAddress(address))
  const known = await knownAddresses(
    owner,
    some.map(({ address }) => address),
  )
  const fresh = new Map(some.map((who) => [addressKey(who.address), who] as const))
  for (const key of known.keys()) fresh.delete(key)
  if (fresh.size === 0) return
  const db = await database()
  await db.transaction().execute(async (within) => {
    for (const { name, address } of fresh.values())
      if (await mayHaveMore(within, owner))
        await insert(within, owner, { name, addresses: [address], source: 'collected' })
  })
}

const removeIn = async (db: Db, owner: string, id: string): Promise<void> => {
  await db.deleteFrom('contact_addresses').where('owner', '=', owner).where('contact', '=', id).execute()
  await db.deleteFrom('contacts').where('owner', '=', owner).where('id', '=', id).execute()
}

export const removeContact = async (owner: string, id: string): Promise<void> => {
  const db = await database()
  await db.transaction().execute((within) => removeIn(within, owner, id))
}
