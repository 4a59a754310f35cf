import { api } from '@/lib/model/api'
import { labelMessages } from '@/lib/server/actions/label-messages'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.labelMessages, (wanted, { who }) => labelMessages(who, wanted))
