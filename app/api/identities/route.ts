import { api } from '@/lib/model/api'
import { listIdentities, writeIdentities } from '@/lib/server/actions/writing'
import { endpoint } from '@/lib/server/endpoint'

const bodyLimit = 10_500_000

export const GET = endpoint(api.listIdentities, (_, { who }) => listIdentities(who.key))
export const PUT = endpoint(
  api.writeIdentities,
  ({ identities }, { who }) => writeIdentities(who.key, identities),
  { bodyLimit },
)
