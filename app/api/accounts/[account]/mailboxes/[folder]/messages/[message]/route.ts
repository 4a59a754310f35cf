import { api } from '@/lib/model/api'
import { openMessage } from '@/lib/server/actions/open-message'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.openMessage, (place, { who }) => openMessage({ who, ...place }))
