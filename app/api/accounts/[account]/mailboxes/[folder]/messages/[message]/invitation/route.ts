import { api } from '@/lib/model/api'
import { answerInvitation, newerInvitation } from '@/lib/server/actions/invitations'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.newerInvitation, (place, { who }) => newerInvitation({ who, ...place }))

export const POST = endpoint(api.answerInvitation, ({ account, answer, id, ...place }, { who, accepts }) =>
  answerInvitation({ who, ...place }, { account, answer, id, accepts }),
)
