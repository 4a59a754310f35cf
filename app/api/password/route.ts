import { api } from '@/lib/model/api'
import { watchAnew } from '@/lib/server/actions/watch-mail'
import { changePassword } from '@/lib/server/auth/password/change'
import { endpoint } from '@/lib/server/endpoint'

export const PUT = endpoint(api.changePassword, async (change, signed) => {
  watchAnew(await changePassword(signed, change))
  return {}
})
