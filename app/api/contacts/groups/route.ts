import { api } from '@/lib/model/api'
import { renameGroup } from '@/lib/server/actions/contacts'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.renameGroup, (change, { who }) => renameGroup(who.key, change))
