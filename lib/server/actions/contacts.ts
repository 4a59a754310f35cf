import 'server-only'
import type { Contact, FullContact, NewContact } from '@/lib/model/contact'
import { AppError } from '@/lib/model/errors'
import * as kept from '../user/contacts'

export const listContacts = async (owner: string, asked: kept.Asked): Promise<{ contacts: Contact[] }> => ({
  contacts: await kept.listContacts(owner, asked),
})

export const addContact = async (owner: string, wanted: NewContact): Promise<Contact> => {
  const added = await kept.addContact(owner, wanted)
  if (!added) throw new AppError('too-large')
  return added
}

export const readContact = async (owner: string, id: string): Promise<FullContact> =>
  there(await kept.readContact(owner, id))

export const changeContact = async (owner: string, id: string, to: NewContact): Promise<FullContact> =>
  there(await kept.changeContact(owner, id, to))

const there = (found: FullContact | null): FullContact => {
  if (!found) throw new AppError('not-found')
  return found
}

export const removeContact = async (owner: string, id: string): Promise<{ contact: FullContact | null }> => ({
  contact: await kept.removeContact(owner, id),
})

export const renameGroup = async (
  owner: string,
  { from, to }: { from: string; to: string | null },
): Promise<Record<never, never>> => {
  await kept.renameGroup(owner, from, to)
  return {}
}
