// How much of a processor programs used, with everything they started and what has ended since.
import { readdirSync, readFileSync } from 'node:fs'

/** Linux tells times in hundredths of a second (proc_pid_stat(5)). */
const tick = 10

interface Times {
  group: number
  own: number
  ended: number
}

const timesOf = (pid: string): Times | null => {
  try {
    // The name, in parentheses, may hold anything.
    const fields =
      readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ').map(Number) ?? []
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15)
    return { group: fields[2] ?? 0, own: user + system, ended: endedUser + endedSystem }
  } catch {
    return null
  }
}

/** Milliseconds of processor time of these process groups until now. */
export const workOf = (groups: readonly number[]): number => {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const mine = pids.flatMap((pid) => timesOf(pid) ?? []).filter(({ group }) => groups.includes(group))
  return mine.reduce((sum, { own, ended }) => sum + own + ended, 0) * tick
}
