import { api } from '@/lib/model/api'
import { removeFolder, renameFolder } from '@/lib/server/actions/change-folder'
import { folderProperties } from '@/lib/server/actions/measure'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.folderProperties, (wanted, { who }) => folderProperties(who, wanted))
export const PUT = endpoint(api.renameFolder, (wanted, { who }) => renameFolder({ who, ...wanted }))
export const DELETE = endpoint(api.removeFolder, (wanted, { who }) => removeFolder({ who, ...wanted }))
