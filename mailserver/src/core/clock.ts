// Time as a thing that is handed in: the queue's days and the directory's bans are tested without waiting.
export interface Clock {
  now(): number
  /** Runs `job` once after `ms`; does not keep the process alive. Returns the way to take it back. */
  after(ms: number, job: () => void): () => void
}

export const realClock: Clock = {
  now: () => Date.now(),
  after: (ms, job) => {
    const timer = setTimeout(job, Math.min(ms, 2 ** 31 - 1))
    timer.unref()
    return () => clearTimeout(timer)
  },
}
