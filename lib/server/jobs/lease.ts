import 'server-only'
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { endLeases, heldLeases } from '../user/jobs'

/** Says which process holds a lease, so that its successor on this machine need not wait for the end of it. */
export const leaseHolder = (): string => `${hostname()}:${process.pid}:${randomUUID()}`

/** After kill -9 the leases of the dead go on for seconds; here it can be seen that nobody holds them. */
export const freeDeadLeases = async (): Promise<void> => {
  for (const holder of await heldLeases()) if (isDead(holder)) await endLeases(holder)
}

const isDead = (holder: string): boolean => {
  const [host, pid] = holder.split(':')
  if (host !== hostname() || !Number(pid)) return false
  // Our own number, before we held anything: it was given out again.
  return Number(pid) === process.pid || !isAlive(Number(pid))
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}
