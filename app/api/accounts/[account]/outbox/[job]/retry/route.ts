import { api } from '@/lib/model/api'
import { retryJob } from '@/lib/server/actions/retry-job'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.retryJob, ({ job }, { who }) => retryJob(who, job))
