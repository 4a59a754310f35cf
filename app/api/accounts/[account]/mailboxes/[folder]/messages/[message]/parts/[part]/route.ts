import { z } from 'zod/mini'
import { api } from '@/lib/model/api'
import { openPart } from '@/lib/server/actions/download'
import { door } from '@/lib/server/endpoint'

const input = z.object({
  ...api.openMessage.input.shape,
  part: z.string().check(z.regex(/^\d{1,4}(\.\d{1,4}){0,40}$/)),
})

export const GET = door({
  input,
  run: async ({ part, ...place }, { who }) => {
    const { stream, headers } = await openPart({ who, ...place }, part)
    return new Response(stream, { headers })
  },
})
