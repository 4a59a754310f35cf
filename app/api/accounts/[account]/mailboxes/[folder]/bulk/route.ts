import { api } from '@/lib/model/api'
import { startBulk } from '@/lib/server/actions/bulk'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.startBulk, (wanted, { who }) => startBulk({ who, ...wanted }), {
  status: 202,
})
