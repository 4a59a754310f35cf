import { api } from '@/lib/model/api'
import { listSessions } from '@/lib/server/auth/sign-out'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.listSessions, async (_, { session }) => ({
  sessions: await listSessions(session),
}))
