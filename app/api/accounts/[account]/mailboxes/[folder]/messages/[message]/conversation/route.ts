import { api } from '@/lib/model/api'
import { openConversation } from '@/lib/server/actions/open-conversation'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.openConversation, (wanted, { who }) => openConversation({ who, ...wanted }))
