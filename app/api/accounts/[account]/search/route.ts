import { api } from '@/lib/model/api'
import { searchMessages } from '@/lib/server/actions/search-messages'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.searchMessages, (wanted, { who }) => searchMessages({ who, ...wanted }), {
  limit: 'search',
})
