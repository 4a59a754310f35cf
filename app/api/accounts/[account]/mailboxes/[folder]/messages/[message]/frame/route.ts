import { z } from 'zod/mini'
import { api, part } from '@/lib/model/api'
import { frameMessage } from '@/lib/server/actions/frame-message'
import { door } from '@/lib/server/endpoint'

const input = z.object({
  ...api.openMessage.input.shape,
  images: z._default(z.enum(['blocked', 'shown']), 'blocked'),
  inside: z.optional(part),
  extent: z._default(z.enum(['start', 'all']), 'start'),
  theme: z._default(z.enum(['light', 'dark']), 'light'),
  as: z._default(z.enum(['html', 'text']), 'html'),
  font: z._default(z.enum(['usual', 'fixed']), 'usual'),
})

export const GET = door({
  input,
  run: async ({ images, theme, font, extent, as, ...place }, { who }) => {
    const wish = { images, theme, font, extent }
    const { document, headers } = await frameMessage({ who, ...place, prefer: as }, wish)
    return { status: 200, headers: new Headers(headers), body: document }
  },
})
