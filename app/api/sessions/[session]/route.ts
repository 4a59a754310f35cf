import { api } from '@/lib/model/api'
import { endOther } from '@/lib/server/auth/sign-out'
import { endpoint } from '@/lib/server/endpoint'

export const DELETE = endpoint(api.endSession, async ({ session: other }, { session }) => {
  await endOther(session, other)
  return {}
})
