import { api } from '@/lib/model/api'
import { listMailboxes } from '@/lib/server/actions/list-mailboxes'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.listMailboxes, (_, { who }) => listMailboxes({ who }))
