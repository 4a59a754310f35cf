import { api } from '@/lib/model/api'
import { endOthers, listSessions } from '@/lib/server/auth/sign-out'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.listSessions, async (_, { session }) => ({
  sessions: await listSessions(session),
}))

export const DELETE = endpoint(api.endOtherSessions, async (_, { session }) => {
  await endOthers(session)
  return {}
})
