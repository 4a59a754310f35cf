import { api } from '@/lib/model/api'
import { listMessages } from '@/lib/server/actions/list-messages'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.listMessages, ({ sort, direction, filter, grouping, ...wanted }, { who }) =>
  listMessages({ who, ...wanted, view: { sort, direction, filter, grouping } }),
)
