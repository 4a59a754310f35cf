import { api } from '@/lib/model/api'
import { listSenders, ruleSender } from '@/lib/server/actions/senders'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.listSenders, (_, { who }) => listSenders(who.key))
export const PUT = endpoint(api.ruleSender, (ruling, { who }) => ruleSender(who.key, ruling))
