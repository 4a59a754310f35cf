import { api } from '@/lib/model/api'
import { changeContact, readContact, removeContact } from '@/lib/server/actions/contacts'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.readContact, ({ contact }, { who }) => readContact(who.key, contact))
export const PUT = endpoint(api.changeContact, ({ contact, to }, { who }) =>
  changeContact(who.key, contact, to),
)
export const DELETE = endpoint(api.removeContact, ({ contact }, { who }) => removeContact(who.key, contact))
