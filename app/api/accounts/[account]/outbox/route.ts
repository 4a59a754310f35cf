import { api } from '@/lib/model/api'
import { listJobs } from '@/lib/server/actions/list-jobs'
import { sendMessage } from '@/lib/server/actions/send-message'
import { endpoint } from '@/lib/server/endpoint'

export const GET = endpoint(api.listJobs, ({ account }, { who }) => listJobs(who, account))
export const POST = endpoint(api.sendMessage, (sending, { who }) => sendMessage({ ...sending, who }), {
  bodyLimit: 12_000_000,
  status: 202,
  limit: 'send',
})
