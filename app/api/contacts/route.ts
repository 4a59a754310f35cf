import { api } from '@/lib/model/api'
import { addContact, listContacts } from '@/lib/server/actions/contacts'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.listContacts, (asked, { who }) => listContacts(who.key, asked))
export const POST = endpoint(api.addContact, (wanted, { who }) => addContact(who.key, wanted))
