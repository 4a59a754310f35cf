import { api } from '@/lib/model/api'
import { answerReceipt } from '@/lib/server/actions/receipts'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.answerReceipt, ({ account, answer, by, ...place }, { who, accepts }) =>
  answerReceipt({ who, ...place }, { account, answer, by, accepts }),
)
