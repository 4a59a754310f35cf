import { api } from '@/lib/model/api'
import { openPart } from '@/lib/server/actions/download'
import { door } from '@/lib/server/endpoint'

export const GET = door({
  input: api.uploadFromMessage.input,
  run: async ({ part, ...place }, { who }) => {
    const { stream, headers } = await openPart({ who, ...place }, part)
    return new Response(stream, { headers })
  },
})
