import { api } from '@/lib/model/api'
import { deleteMessages } from '@/lib/server/actions/delete-messages'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.deleteMessages, (wanted, { who }) => deleteMessages({ who, ...wanted }))
