import { api } from '@/lib/model/api'
import { quotaOf } from '@/lib/server/actions/measure'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.quota, (_, { who }) => quotaOf(who))
