import { api } from '@/lib/model/api'
import { prepareExport } from '@/lib/server/actions/export-messages'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.exportMessages, (wanted, { who }) => prepareExport({ who, ...wanted }))
