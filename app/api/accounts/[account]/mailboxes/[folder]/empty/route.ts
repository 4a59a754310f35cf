import { api } from '@/lib/model/api'
import { emptyFolder } from '@/lib/server/actions/empty-folder'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.emptyFolder, (wanted, { who }) => emptyFolder(who, wanted))
