import { z } from 'zod/mini'
import { watchMail } from '@/lib/server/actions/watch-mail'
import { whileSession } from '@/lib/server/auth/ended'
import { door } from '@/lib/server/endpoint'

const number = z.coerce.number().check(z.int(), z.minimum(0))

export const GET = door({
  input: z.object({}),
  run: async (_, { who, session, request }) => {
    const last = number.safeParse(request.headers.get('last-event-id') ?? undefined)
    const stream = watchMail(who, {
      after: last.success ? last.data : null,
      signal: whileSession(session.id, request.signal),
    })
    return new Response(stream, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  },
})
