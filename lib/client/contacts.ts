import type { Address } from '@/lib/model/address'
import type { Contact, FullContact, Imported, NewContact } from '@/lib/model/contact'
import { call, doors, postFile } from './api'
import { signal, type Signal } from './signal'

// The people somebody knows, for the contacts page and for completion: read once, changed with what the person
// changes, read again when that may be old.

export type People = {
  state: 'unasked' | 'loading' | 'failed' | 'ready'
  list: readonly Contact[]
  at: number
}

export const people: Signal<People> = signal<People>({ state: 'unasked', list: [], at: 0 })

const mostContacts = 20_000
const oldAfterMs = 60_000
let asking: Promise<void> | null = null

export const loadPeople = (): Promise<void> => {
  if (people.get().state !== 'ready') people.set((now) => ({ ...now, state: 'loading' }))
  asking ??= call('listContacts', { limit: mostContacts })
    .then(
      ({ contacts }) => people.set({ state: 'ready', list: contacts, at: Date.now() }),
      () => people.set((now) => (now.state === 'ready' ? now : { ...now, state: 'failed' })),
    )
    .finally(() => (asking = null))
  return asking
}

/** What is known, at once when there is something; what may be old is asked for meanwhile. */
export const peopleSoon = async (): Promise<readonly Contact[]> => {
  const { state, at } = people.get()
  const asked = Date.now() - at > oldAfterMs ? loadPeople() : null
  if (state !== 'ready') await asked
  return people.get().list
}

/** Everybody in a group, by the address that comes first. */
export const membersOf = (list: readonly Contact[], group: string): Address[] =>
  list
    .filter(({ groups, addresses }) => groups.includes(group) && addresses.length > 0)
    .map(({ name, addresses }) => ({ name, address: addresses[0] ?? '' }))

const put = (one: Contact): void =>
  people.set((now) => ({ ...now, list: [...now.list.filter(({ id }) => id !== one.id), one] }))

export const addPerson = async (wanted: NewContact): Promise<Contact> => {
  const added = await call('addContact', wanted)
  put(added)
  // Somebody who was only collected may have become this one.
  void loadPeople()
  return added
}

export const changePerson = async (id: string, to: NewContact): Promise<FullContact> => {
  const changed = await call('changeContact', { contact: id, to })
  const { details, ...row } = changed
  void details
  put(row)
  void loadPeople()
  return changed
}

export const removePerson = async (id: string): Promise<FullContact | null> => {
  const { contact } = await call('removeContact', { contact: id })
  people.set((now) => ({ ...now, list: now.list.filter((one) => one.id !== id) }))
  return contact
}

export const renameGroup = async (from: string, to: string | null): Promise<void> => {
  await call('renameGroup', { from, to })
  await loadPeople()
}

export const importPeople = async (file: File): Promise<Imported> => {
  const answer = await postFile(doors.importContacts(), file, 'text/vcard')
  const result = (await answer.json()) as Imported
  await loadPeople()
  return result
}
