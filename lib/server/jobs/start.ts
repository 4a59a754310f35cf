import 'server-only'
import { jobOf, removeStrayFiles } from '../actions/outbox'
import { removeOldUploads } from '../actions/upload'
import { isTimeDoubted, onClockBelieved, timeNow } from '../clock'
import { config } from '../config'
import { publish } from '../events/hub'
import { log } from '../log'
import { once } from '../once'
import { onShutdown } from '../shutdown'
import { onJobChange } from '../user/job-news'
import { forgetDoneJobs } from '../user/jobs'
import { removeOldSessions } from '../user/sessions'
import { moveTimes } from '../user/times'
import { startRunner } from './runner'

const sweepEveryMs = 3_600_000
/** A clock that is wrong when a machine starts is set within minutes: until then, and until it is believed, nothing is too old. */
const firstSweepMs = 15 * 60_000
const whenDoubtedMs = 60_000
const rememberDoneMs = 24 * 3_600_000

/** The web process's background work, begun once. */
export const startJobs = (): void => {
  const runner = once('job-runner', startRunner)
  onJobChange('runner', runner.wake)
  onJobChange('events', (row) => publish(row.owner, { type: 'job', job: jobOf(row) }))
  const sweepIn = (ms: number): NodeJS.Timeout => setTimeout(() => sweep(), ms).unref()
  let next = sweepIn(firstSweepMs)
  const sweep = () => {
    const doubted = isTimeDoubted()
    next = sweepIn(doubted ? whenDoubtedMs : sweepEveryMs)
    if (doubted) return
    tidy().catch((error: unknown) => log().error({ event: 'sweep-failed', err: error }, 'sweep failed'))
  }
  onClockBelieved((moved) =>
    moveTimes(moved).catch((error: unknown) =>
      log().error({ event: 'times-not-moved', err: error }, 'what was written has the old clock'),
    ),
  )
  onShutdown('jobs', async () => {
    clearTimeout(next)
    await runner.stop()
  })
}

/** What nobody needs any more. */
const tidy = async (): Promise<void> => {
  const { sessionIdleHours, sessionMaxHours } = config()
  await removeOldSessions({ idleMs: sessionIdleHours * 3_600_000, maxMs: sessionMaxHours * 3_600_000 })
  await forgetDoneJobs(timeNow() - rememberDoneMs)
  await removeOldUploads()
  await removeStrayFiles()
}
