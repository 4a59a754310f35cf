import { api } from '@/lib/model/api'
import { openSource } from '@/lib/server/actions/download'
import { door } from '@/lib/server/endpoint'

export const GET = door({
  input: api.openMessage.input,
  run: async (place, { who }) => {
    const { stream, headers } = await openSource({ who, ...place })
    return new Response(stream, { headers })
  },
})
