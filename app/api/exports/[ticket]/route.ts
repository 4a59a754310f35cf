import { z } from 'zod/mini'
import { takeExport } from '@/lib/server/actions/export-messages'
import { door } from '@/lib/server/endpoint'

export const GET = door({
  input: z.object({ ticket: z.string().check(z.maxLength(100)) }),
  run: async ({ ticket }, { who }) => {
    const { stream, headers } = await takeExport(who, ticket)
    return new Response(stream, { headers })
  },
})
