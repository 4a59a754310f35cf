import { api } from '@/lib/model/api'
import { subscribeFolder } from '@/lib/server/actions/change-folder'
import { endpoint } from '@/lib/server/endpoint'

export const PUT = endpoint(api.subscribeFolder, (wanted, { who }) => subscribeFolder(who, wanted))
