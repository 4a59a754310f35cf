import { api } from '@/lib/model/api'
import { fileJob } from '@/lib/server/actions/file-job'
import { endpoint } from '@/lib/server/endpoint'

export const POST = endpoint(api.fileJob, ({ job }, { who }) => fileJob(who, job))
