import { api } from '@/lib/model/api'
import { readAll } from '@/lib/server/actions/read-all'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.readAll, (wanted, { who }) => readAll(who, wanted))
