import { api } from '@/lib/model/api'
import { previewPart } from '@/lib/server/actions/preview-part'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.previewPart, ({ part, ...place }, { who }) =>
  previewPart({ who, ...place }, part),
)
