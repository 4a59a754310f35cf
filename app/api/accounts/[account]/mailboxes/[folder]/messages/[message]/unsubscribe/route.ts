import { api } from '@/lib/model/api'
import { unsubscribe } from '@/lib/server/actions/unsubscribe'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(
  api.unsubscribe,
  (place, { who, request }) => unsubscribe({ who, ...place }, request.signal),
  // It asks somebody else's server, as an image does.
  { limit: 'image' },
)
