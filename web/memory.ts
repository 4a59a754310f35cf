import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

// V8 collects when it allocates, so a process that falls idle keeps what its busiest minute took, for hours.
// Here it is given back once nothing has been done for a moment, when the pause is nobody's.
// The same stands in mailserver/src/core/memory.ts: the two programs share no code, because the mail server must stand alone.

const lookEveryMs = 3_000
/** Processor time in one look below which nobody is being answered. */
const quietMs = 30
/** Processor time that is worth collecting after. */
const workMs = 150
/** Pages found free by one collection go back to the system with a later one. */
const collections = 3

const usedMs = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000

/** Node hands its collector only to programs started with a flag; a context made after the flag has it too. */
const collector = (): (() => void) => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}

export const giveMemoryBack = (): void => {
  const collect = collector()
  let before = process.cpuUsage()
  let worked = usedMs(before)
  let due = 0
  const look = () => {
    const used = usedMs(process.cpuUsage(before))
    before = process.cpuUsage()
    worked += used
    if (used > quietMs) return
    if (worked > workMs) due = collections
    if (due === 0) return
    due -= 1
    collect()
    worked = 0
    before = process.cpuUsage()
  }
  setInterval(look, lookEveryMs).unref()
}
