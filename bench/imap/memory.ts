// What a program and everything it started takes of the machine's memory: PSS, so that shared pages count once.
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as after } from 'node:timers/promises'

const parentOf = (pid: string): string | null => {
  try {
    // The name, in parentheses, may hold anything.
    return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[1] ?? null
  } catch {
    return null
  }
}

const pssOf = (pid: string): number => {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** Megabytes. */
const memoryOf = (leader: number): number => {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => [pid, parentOf(pid)]),
  )
  const belongs = (pid: string | null): boolean =>
    pid !== null && (pid === String(leader) || (pid !== '1' && belongs(parents.get(pid) ?? null)))
  const mine = [...parents.keys()].filter((pid) => belongs(pid))
  return mine.reduce((sum, pid) => sum + pssOf(pid), 0) / 1024
}

/** Ours collects three times once it has been quiet for a while (mailserver/src/core/memory.ts). */
const every = 3_000
const leastLooks = 5
const mostLooks = 12
const still = 0.3

/** Megabytes, when they no longer change. */
export const settledMemory = async (leader: number): Promise<number> => {
  let before = memoryOf(leader)
  for (let look = 1; ; look += 1) {
    await after(every)
    const now = memoryOf(leader)
    if (look >= mostLooks || (look >= leastLooks && Math.abs(now - before) < still)) return now
    before = now
  }
}
