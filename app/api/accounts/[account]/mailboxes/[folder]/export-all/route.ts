import { api } from '@/lib/model/api'
import { prepareFolderExport } from '@/lib/server/actions/export-messages'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.exportFolder, (wanted, { who }) => prepareFolderExport(who, wanted))
