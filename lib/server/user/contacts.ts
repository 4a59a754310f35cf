import 'server-only'
import { randomBytes } from 'node:crypto'
import { type Address, isCompleteAddress } from '@/lib/model/address'
import {
  type Contact,
  type ContactDetails,
  contactDetails,
  type FullContact,
  type Imported,
  type NewContact,
} from '@/lib/model/contact'
import { noDetails, plainContact } from '@/lib/model/plain-contact'
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
  uses: Number(row.uses),
  usedAt: Number(row.used_at) > 0 ? new Date(Number(row.used_at)).toISOString() : '',
})

const detailsOf = ({ card }: ContactRow): ContactDetails => {
  const read = contactDetails.safeParse(JSON.parse(card))
  return read.success ? read.data : noDetails
}

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

const withAddresses = async <T>(
  db: Db,
  rows: ContactRow[],
  shape: (row: ContactRow, addresses: string[]) => T,
): Promise<T[]> => {
  const ids = rows.map(({ id }) => id)
  const addresses = await addressesOf(db, rows[0]?.owner ?? '', ids)
  return rows.map((row) => shape(row, addresses.get(row.id) ?? []))
}

const fullOf = (row: ContactRow, addresses: string[]): FullContact => ({
  ...contactOf(row, addresses),
  details: detailsOf(row),
})

const rowsOf = (db: Db, owner: string) => db.selectFrom('contacts').selectAll().where('owner', '=', owner)

/** By name, those who were added first. */
export const listContacts = async (owner: string, { limit }: Asked): Promise<Contact[]> => {
  const db = await database()
  const rows = await rowsOf(db, owner).orderBy('source').orderBy('name').orderBy('id').limit(limit).execute()
  return withAddresses(db, rows, contactOf)
}

/** Everybody who was added, with all that is known of them. */
export const fullContacts = async (owner: string): Promise<FullContact[]> => {
  const db = await database()
  const rows = await rowsOf(db, owner).where('source', '=', 'added').orderBy('name').orderBy('id').execute()
  return withAddresses(db, rows, fullOf)
}

const fullIn = async (db: Db, owner: string, id: string): Promise<FullContact | null> => {
  const rows = await rowsOf(db, owner).where('id', '=', id).execute()
  return (await withAddresses(db, rows, fullOf))[0] ?? null
}

export const readContact = async (owner: string, id: string): Promise<FullContact | null> =>
  fullIn(await database(), owner, id)

export type Known = Map<string, { id: string; source: Source }>

/** Which of these addresses belong to a contact; who was added counts before who was collected. */
export const knownAddresses = async (owner: string, addresses: readonly string[]): Promise<Known> =>
  knownIn(await database(), owner, addresses)

const knownIn = async (db: Db, owner: string, addresses: readonly string[]): Promise<Known> => {
  const keys = [...new Set(addresses.map(addressKey))].slice(0, 500)
  if (keys.length === 0) return new Map()
  const rows = await db
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

const insert = async (db: Db, owner: string, wanted: NewContact): Promise<Contact> => {
  const now = Date.now()
  const { name, addresses, source, groups, details, uses, usedAt = '' } = wanted
  const first = source === 'collected' ? { uses: 1, used_at: now } : { uses: 0, used_at: 0 }
  const used = uses === undefined ? first : { uses, used_at: Math.min(Date.parse(usedAt) || 0, now) }
  const row: ContactRow = {
    id: newId(),
    owner,
    name,
    groups: JSON.stringify(groups),
    card: JSON.stringify(details),
    source,
    created_at: now,
    updated_at: now,
    ...used,
  }
  await db.insertInto('contacts').values(row).execute()
  return contactOf(row, await insertAddresses(db, row, addresses))
}

/** The same address twice is once. */
const insertAddresses = async (db: Db, row: ContactRow, addresses: readonly string[]): Promise<string[]> => {
  const unique = [...new Map(addresses.map((address) => [addressKey(address), address])).entries()]
  const values = unique.map(([key, address], position) => ({
    owner: row.owner,
    contact: row.id,
    key,
    address,
    domain: key.slice(key.lastIndexOf('@') + 1),
    position,
  }))
  if (values.length > 0) await db.insertInto('contact_addresses').values(values).execute()
  return unique.map(([, address]) => address)
}

const roomIn = async (db: Db, owner: string): Promise<number> => {
  const { count } = await db
    .selectFrom('contacts')
    .select((select) => select.fn.countAll().as('count'))
    .where('owner', '=', owner)
    .executeTakeFirstOrThrow()
  return mostContacts - Number(count)
}

/** Those who were only collected become one with whoever has their address; how often they were used goes along. */
const absorb = async (db: Db, owner: string, into: string, addresses: readonly string[]): Promise<void> => {
  const found = await db
    .selectFrom('contact_addresses')
    .innerJoin('contacts', 'contacts.id', 'contact_addresses.contact')
    .select(['contacts.id', 'contacts.uses', 'contacts.used_at'])
    .distinct()
    .where('contacts.owner', '=', owner)
    .where('contacts.source', '=', 'collected')
    .where('contacts.id', '!=', into)
    .where('contact_addresses.key', 'in', addresses.map(addressKey))
    .execute()
  for (const { id, uses, used_at } of found) {
    await removeIn(db, owner, id)
    await countUse(db, into, { uses: Number(uses), at: Number(used_at) })
  }
}

const countUse = async (db: Db, id: string, { uses, at }: { uses: number; at: number }): Promise<void> => {
  await db
    .updateTable('contacts')
    .set((set) => ({ uses: set('uses', '+', uses), used_at: at }))
    .where('id', '=', id)
    .execute()
}

/** Null when there is no room for another. Whoever was only collected under one of the addresses becomes this contact. */
export const addContact = async (owner: string, wanted: NewContact): Promise<Contact | null> => {
  const db = await database()
  return db.transaction().execute(async (within) => {
    if ((await roomIn(within, owner)) < 1) return null
    return addIn(within, owner, wanted)
  })
}

const addIn = async (db: Db, owner: string, wanted: NewContact): Promise<Contact> => {
  const added = await insert(db, owner, wanted)
  if (wanted.addresses.length > 0) await absorb(db, owner, added.id, wanted.addresses)
  return added
}

/** All or none of them, but for whoever was added before by any of the addresses, or has no room. */
export const addContacts = async (owner: string, all: readonly NewContact[]): Promise<Imported> => {
  const result: Imported = { added: 0, known: 0, unread: 0 }
  const db = await database()
  await db.transaction().execute(async (within) => {
    const room = await roomIn(within, owner)
    for (const wanted of all) {
      const known = await knownIn(within, owner, wanted.addresses)
      if ([...known.values()].some(({ source }) => source === 'added')) result.known++
      else if (result.added >= room) result.unread++
      else {
        await addIn(within, owner, wanted)
        result.added++
      }
    }
  })
  return result
}

/** Null when there is nobody of this id. */
export const changeContact = async (
  owner: string,
  id: string,
  wanted: NewContact,
): Promise<FullContact | null> => {
  const db = await database()
  return db.transaction().execute(async (within) => {
    const row = await rowsOf(within, owner).where('id', '=', id).executeTakeFirst()
    if (!row) return null
    const { name, addresses, groups, details } = wanted
    const change = { name, groups: JSON.stringify(groups), card: JSON.stringify(details) }
    await within
      .updateTable('contacts')
      .set({ ...change, source: 'added', updated_at: Date.now() })
      .where('id', '=', id)
      .execute()
    await within.deleteFrom('contact_addresses').where('contact', '=', id).execute()
    await insertAddresses(within, row, addresses)
    if (addresses.length > 0) await absorb(within, owner, id, addresses)
    return fullIn(within, owner, id)
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
  const again = new Set([...known.values()].map(({ id }) => id))
  if (fresh.size + again.size === 0) return
  const db = await database()
  await db.transaction().execute(async (within) => {
    for (const id of again) await countUse(within, id, { uses: 1, at: Date.now() })
    for (const { name, address } of fresh.values())
      if ((await roomIn(within, owner)) > 0)
        await insert(within, owner, { ...plainContact({ name, address }), source: 'collected' })
  })
}

const removeIn = async (db: Db, owner: string, id: string): Promise<void> => {
  await db.deleteFrom('contact_addresses').where('owner', '=', owner).where('contact', '=', id).execute()
  await db.deleteFrom('contacts').where('owner', '=', owner).where('id', '=', id).execute()
}

/** Answers whom it removed. */
export const removeContact = async (owner: string, id: string): Promise<FullContact | null> => {
  const db = await database()
  return db.transaction().execute(async (within) => {
    const gone = await fullIn(within, owner, id)
    await removeIn(within, owner, id)
    return gone
  })
}

/** To another name, or out of it when there is none. */
export const renameGroup = async (owner: string, from: string, to: string | null): Promise<void> => {
  const db = await database()
  await db.transaction().execute(async (within) => {
    const rows = await within
      .selectFrom('contacts')
      .select(['id', 'groups'])
      .where('owner', '=', owner)
      .where('groups', '!=', '[]')
      .execute()
    for (const { id, groups } of rows) {
      const now = listOf(groups)
      if (!now.includes(from)) continue
      const next = [...new Set(now.flatMap((one) => (one === from ? (to ? [to] : []) : [one])))]
      await within
        .updateTable('contacts')
        .set({ groups: JSON.stringify(next) })
        .where('id', '=', id)
        .execute()
    }
  })
}
