import { api } from '@/lib/model/api'
import { copyMessages } from '@/lib/server/actions/copy-messages'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.copyMessages, (wanted, { who }) => copyMessages({ who, ...wanted }))
