import { searchAsked } from '@/lib/model/api'
import { streamSearch } from '@/lib/server/actions/search-messages'
import { whileSession } from '@/lib/server/auth/ended'
import { door } from '@/lib/server/endpoint'

export const GET = door({
  input: searchAsked,
  limit: 'search',
  run: async (wanted, { who, session, request }) => {
    const during = (stream: AbortSignal) =>
      whileSession(session.id, AbortSignal.any([request.signal, stream]))
    return new Response(await streamSearch({ who, ...wanted, during }), {
      headers: {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  },
})
