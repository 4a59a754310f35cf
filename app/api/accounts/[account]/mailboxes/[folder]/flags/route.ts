import { api } from '@/lib/model/api'
import { setFlags } from '@/lib/server/actions/set-flags'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.setFlags, (wanted, { who }) => setFlags({ who, ...wanted }))
