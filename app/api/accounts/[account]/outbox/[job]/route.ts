import { api } from '@/lib/model/api'
import { cancelJob } from '@/lib/server/actions/cancel-job'
import { endpoint } from '@/lib/server/endpoint'

export const DELETE = endpoint(api.cancelJob, ({ job }, { who }) => cancelJob(who, job))
