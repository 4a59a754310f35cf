import { z } from 'zod/mini'
import { api } from '@/lib/model/api'
import { openPart } from '@/lib/server/actions/download'
import { door } from '@/lib/server/endpoint'

const input = z.object({
  ...api.uploadFromMessage.input.shape,
  wish: z._default(z.enum(['keep', 'look']), 'keep'),
})

export const GET = door({
  input,
  run: async ({ part, wish, ...place }, { who }) => {
    const { stream, headers } = await openPart({ who, ...place }, { part, wish })
    return new Response(stream, { headers })
  },
})
