import { api } from '@/lib/model/api'
import { redirectMessage } from '@/lib/server/actions/redirect-message'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(
  api.redirectMessage,
  ({ account, id, to, undoSeconds, ...place }, { who }) =>
    redirectMessage({ who, ...place }, { account, id, to, undoSeconds }),
  { status: 202, limit: 'send' },
)
