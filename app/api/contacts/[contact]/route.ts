import { api } from '@/lib/model/api'
import { removeContact } from '@/lib/server/actions/contacts'
import { endpoint } from '@/lib/server/endpoint'

export const DELETE = endpoint(api.removeContact, ({ contact }, { who }) => removeContact(who.key, contact))
