import { z } from 'zod/mini'
import { api, part } from '@/lib/model/api'
import { frameMessage } from '@/lib/server/actions/frame-message'
import { door } from '@/lib/server/endpoint'

const input = z.object({
  ...api.openMessage.input.shape,
  images: z._default(z.enum(['blocked', 'shown']), 'blocked'),
  inside: z.optional(part),
  theme: z._default(z.enum(['light', 'dark']), 'light'),
})

export const GET = door({
  input,
  run: async ({ images, theme, ...place }, { who }) => {
    const { document, headers } = await frameMessage({ who, ...place }, { images, theme })
    return new Response(document, { headers })
  },
})
