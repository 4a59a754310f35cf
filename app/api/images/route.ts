import { z } from 'zod/mini'
import { proxyImage } from '@/lib/server/actions/proxy-image'
import { door } from '@/lib/server/endpoint'

const input = z.object({
  address: z.string().check(z.maxLength(8000)),
  signature: z.string().check(z.regex(/^[\w-]{43}$/)),
})

export const GET = door({
  input,
  limit: 'image',
  run: async (wanted, { who }) => {
    const { bytes, headers } = await proxyImage(who, wanted)
    return new Response(bytes, { headers })
  },
})
