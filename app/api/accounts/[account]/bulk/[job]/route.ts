import { api } from '@/lib/model/api'
import { cancelBulk } from '@/lib/server/actions/long-job'
import { endpoint } from '@/lib/server/endpoint'

export const DELETE = endpoint(api.cancelBulk, ({ job }, { who }) => cancelBulk(who, job))
