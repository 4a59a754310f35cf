import { api } from '@/lib/model/api'
import { createFolder } from '@/lib/server/actions/change-folder'
import { listMailboxes } from '@/lib/server/actions/list-mailboxes'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.listMailboxes, (_, { who }) => listMailboxes({ who }))
export const POST = endpoint(api.createFolder, (wanted, { who }) => createFolder({ who, ...wanted }))
