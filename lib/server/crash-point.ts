import 'server-only'
import { config } from './config'

/** Places where the crash tests end the process at once, as a power cut would. */
export type CrashPoint =
  | 'frozen'
  | 'queued'
  | 'leased'
  | 'before-last-dot'
  | 'noted-handed'
  | 'accepted'
  | 'noted-accepted'
  | 'filed'
  | 'noted-filed'
  | 'marked'
  | 'noted-marked'
  | 'draft-gone'
  | 'done'

export const crashPoint = (name: CrashPoint): void => {
  if (config().crashAt === name) process.kill(process.pid, 'SIGKILL')
}
