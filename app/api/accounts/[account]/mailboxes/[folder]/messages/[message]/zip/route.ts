import { api } from '@/lib/model/api'
import { openAll } from '@/lib/server/actions/download-all'
import { door } from '@/lib/server/endpoint'

export const GET = door({
  input: api.openMessage.input,
  run: async (place, { who }) => {
    const { stream, headers } = await openAll({ who, ...place })
    return new Response(stream, { headers })
  },
})
