import { api } from '@/lib/model/api'
import { uploadFromMessage } from '@/lib/server/actions/upload-from-message'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.uploadFromMessage, ({ part, ...place }, { who }) =>
  uploadFromMessage({ who, ...place }, part),
)
