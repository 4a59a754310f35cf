import 'server-only'
import type { Contact, NewContact } from '@/lib/model/contact'
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

export const removeContact = async (owner: string, id: string): Promise<Record<never, never>> => {
  await kept.removeContact(owner, id)
  return {}
}
