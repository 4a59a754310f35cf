import { api } from '@/lib/model/api'
import { quoteMessage } from '@/lib/server/actions/quote-message'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.quoteMessage, (place, { who }) => quoteMessage({ who, ...place }))
