import { api } from '@/lib/model/api'
import { dropUpload } from '@/lib/server/actions/upload'
import { endpoint } from '@/lib/server/endpoint'

export const DELETE = endpoint(api.dropUpload, async ({ upload }, { who }) => {
  await dropUpload(who, upload)
  return {}
})
