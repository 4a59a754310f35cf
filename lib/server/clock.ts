import 'server-only'
import { uptime } from 'node:os'
import { log } from './log'
import { once } from './once'

// The time by which things are due, held and counted. A machine's clock jumps: it is set by hand, or found to be wrong
// hours after a start. What was planned for tomorrow does not leave because of it, nobody is signed out, and no lease or
// wait ends. Invariants:
// - time goes on as the machine's own counter does, sleep included, and follows the small steps of its clock;
// - a clock that jumped is believed only when it has stayed with it for `believedAfterMs`: then it was right;
// - what was written until then is moved along before (`Moved`): it is as old as it was, whichever clock was wrong.

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

/** Times from `from` to `to`, written since this clock began, are to be what they are and `ms`. */
export interface Moved {
  from: number
  to: number
  ms: number
}
type Move = (moved: Moved) => Promise<void>

/** More than any clock is led by in one step, less than a time to undo. */
const slackMs = 2000
const believedAfterMs = 10 * 60_000

interface Known {
  wall: number
  awake: number
  up: number
}

interface Doubt {
  since: number
  ms: number
  moving: 'not yet' | 'under way' | 'done'
  /** Up to when it was moved along. */
  movedTo: number
}

interface Hearers {
  tell: (fact: Jumped) => void
  /** Null while nobody keeps times. */
  mover?: () => Move | null
}

export const createClock = (
  { wall, awake, up }: Counters,
  { tell, mover = () => null }: Hearers,
): (() => number) => {
  const look = (): Known => ({ wall: wall(), awake: awake(), up: up() })
  let known = look()
  let began = known.wall
  let doubt: Doubt | null = null

  const believe = (): number => {
    doubt = null
    known = look()
    return known.wall
  }
  const doubted = (ms: number, at: number): Doubt => {
    if (doubt && Math.abs(doubt.ms - ms) <= slackMs) return doubt
    tell({ event: 'clock-jumped', ms: Math.round(ms) })
    return (doubt = { since: at, ms, moving: 'not yet', movedTo: 0 })
  }
  const move = (to: number, one: Doubt, move: Move): void => {
    const from = one.moving === 'not yet' ? began : one.movedTo
    Object.assign(one, { moving: 'under way', movedTo: to })
    void move({ from, to, ms: Math.round(one.ms) }).finally(() => (one.moving = 'done'))
  }
  /** What was written is moved first: in between nothing may be found to be old. */
  const afterAll = (expected: number, one: Doubt): number => {
    const mine = mover()
    if (mine && one.moving === 'not yet') move(expected, one, mine)
    if (one.moving === 'under way') return expected
    // And what was written meanwhile.
    if (mine) move(expected, one, mine)
    began += one.ms
    tell({ event: 'clock-believed', ms: Math.round(one.ms) })
    return believe()
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
    const one = doubted(ms, at)
    return at - one.since < believedAfterMs ? expected : afterAll(expected, one)
  }
}

const movers = once('clock-movers', () => ({ move: null as Move | null }))

/** Who keeps times: asked to move them before a clock that jumped is believed. Never fails. */
export const onClockBelieved = (move: Move): void => void (movers.move = move)

const clock = () =>
  once('clock', () =>
    createClock(
      { wall: () => Date.now(), awake: () => performance.now(), up: () => uptime() * 1000 },
      {
        tell: (fact) => log().warn(fact, 'the clock of this machine was set'),
        mover: () => movers.move,
      },
    ),
  )

/** Milliseconds since 1970, by a clock that does not jump. */
export const timeNow = (): number => clock()()

/** The machine says another time, and which of both is right is not known yet. */
export const isTimeDoubted = (): boolean => Math.abs(Date.now() - timeNow()) >= slackMs
