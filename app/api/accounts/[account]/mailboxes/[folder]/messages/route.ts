import { api } from '@/lib/model/api'
import { listMessages, unlessKnown } from '@/lib/server/actions/list-messages'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(
  api.listMessages,
  async ({ sort, direction, filter, grouping, known, ...wanted }, { who }) =>
    unlessKnown(await listMessages({ who, ...wanted, view: { sort, direction, filter, grouping } }), known),
)
