import { api } from '@/lib/model/api'
import { isFirstMail } from '@/lib/server/actions/first-mail'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.isFirstMail, (place, { who }) => isFirstMail({ who, ...place }))
