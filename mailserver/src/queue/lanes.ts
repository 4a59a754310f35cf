// Keeps slow destinations from holding up fast ones: every lane (`here`, or one per domain) has its own width,
// and everything that leaves this machine shares a total.
export interface Lanes {
  /** The same key is never queued or running twice. */
  add(lane: string, key: string, job: () => Promise<void>): void
  idle(): Promise<void>
  /** Nothing new starts; resolves when what runs has ended. */
  stop(): Promise<void>
}

export const here = 'here'

const widthOf = (lane: string): number => (lane === here ? 64 : 5)
const widthAway = 60

interface Job {
  key: string
  run: () => Promise<void>
}

export const createLanes = (onBroken: (key: string, error: unknown) => void): Lanes => {
  const waiting = new Map<string, Job[]>()
  const known = new Set<string>()
  const running = new Map<string, number>()
  const active = new Set<Promise<void>>()
  const listeners = new Set<() => void>()
  let away = 0
  let stopped = false

  const begin = (lane: string, job: Job) => {
    running.set(lane, (running.get(lane) ?? 0) + 1)
    if (lane !== here) away += 1
    const task: Promise<void> = job
      .run()
      .catch((error: unknown) => onBroken(job.key, error))
      .finally(() => {
        active.delete(task)
        known.delete(job.key)
        if (lane !== here) away -= 1
        const left = (running.get(lane) ?? 1) - 1
        if (left > 0) running.set(lane, left)
        else running.delete(lane)
        fill()
      })
    active.add(task)
  }
  const fill = () => {
    for (const [lane, jobs] of waiting) {
      while (!stopped && jobs.length > 0 && (running.get(lane) ?? 0) < widthOf(lane)) {
        if (lane !== here && away >= widthAway) break
        begin(lane, jobs.shift() as Job)
      }
      if (jobs.length === 0) waiting.delete(lane)
    }
    if (active.size > 0 || waiting.size > 0) return
    for (const listener of listeners) listener()
    listeners.clear()
  }
  return {
    add: (lane, key, run) => {
      if (stopped || known.has(key)) return
      known.add(key)
      const jobs = waiting.get(lane)
      if (jobs) jobs.push({ key, run })
      else waiting.set(lane, [{ key, run }])
      fill()
    },
    idle: () =>
      active.size === 0 && waiting.size === 0
        ? Promise.resolve()
        : new Promise((done) => void listeners.add(done)),
    stop: async () => {
      stopped = true
      while (active.size > 0) await Promise.allSettled(active)
    },
  }
}
