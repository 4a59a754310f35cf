import { api } from '@/lib/model/api'
import { moveMessages } from '@/lib/server/actions/move-messages'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.moveMessages, (wanted, { who }) => moveMessages({ who, ...wanted }))
