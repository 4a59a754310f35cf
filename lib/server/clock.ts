import 'server-only'
import { uptime } from 'node:os'
import { log } from './log'
import { once } from './once'

// The time by which things are due, held and counted. A machine's clock jumps: it is set by hand, or found to be wrong
// hours after a start. What was planned for tomorrow does not leave because of it, nobody is signed out, and no lease or
// wait ends. Invariants:
// - time goes on as the machine's own counter does, sleep included, and follows the small steps of its clock;
// - a clock that jumped is believed only when it has stayed with it for `believedAfterMs`: then it was right.

/** All in milliseconds. */
interface Counters {
  wall: () => number
  /** Goes on evenly while the machine is awake. */
  awake: () => number
  /** Goes on while it sleeps, too; coarse. */
  up: () => number
}

interface Jumped {
  event: 'clock-jumped' | 'clock-believed'
  ms: number
}

/** More than any clock is led by in one step, less than a time to undo. */
const slackMs = 2000
const believedAfterMs = 10 * 60_000

interface Known {
  wall: number
  awake: number
  up: number
}

export const createClock = ({ wall, awake, up }: Counters, tell: (fact: Jumped) => void): (() => number) => {
  const look = (): Known => ({ wall: wall(), awake: awake(), up: up() })
  let known = look()
  let doubt: { since: number; ms: number } | null = null

  const believe = (): number => {
    doubt = null
    known = look()
    return known.wall
  }
  const doubted = (ms: number, at: number): boolean => {
    if (!doubt || Math.abs(doubt.ms - ms) > slackMs) {
      doubt = { since: at, ms }
      tell({ event: 'clock-jumped', ms: Math.round(ms) })
    }
    return at - doubt.since < believedAfterMs
  }
  return () => {
    const [said, at] = [wall(), awake()]
    const passed = at - known.awake
    if (Math.abs(said - known.wall - passed) < slackMs) {
      if (doubt) return believe()
      // Often enough that small steps do not add up to a jump, and without the price of `up` each time.
      if (passed > slackMs) known = look()
      return said
    }
    const slept = Math.max(0, up() - known.up - passed)
    const expected = known.wall + passed + slept
    const ms = said - expected
    if (Math.abs(ms) < slackMs) return believe()
    if (doubted(ms, at)) return expected
    tell({ event: 'clock-believed', ms: Math.round(ms) })
    return believe()
  }
}

const clock = () =>
  once('clock', () =>
    createClock(
      { wall: () => Date.now(), awake: () => performance.now(), up: () => uptime() * 1000 },
      (fact) => log().warn(fact, 'the clock of this machine was set'),
    ),
  )

/** Milliseconds since 1970, by a clock that does not jump. */
export const timeNow = (): number => clock()()
