import 'server-only'
import { log } from '../log'
import { database } from '../user/db'

/** The web process's background work, begun once. */
export const startJobs = async (): Promise<void> => {
  await database()
  log().debug({ event: 'jobs-started' }, 'jobs started')
}
