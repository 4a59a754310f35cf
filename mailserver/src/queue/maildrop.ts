// Mail handed in by a program on this machine (`posthorn-mail sendmail`): a file in spool/maildrop, made durable by
// the program, taken into the queue by the server, now or at its next start.
//
// The drop's name is the queue id it will have: a drop taken twice is delivered under the same delivery ids.
// Only one that no later look would take is set aside as `broken-`: a full disk is no fault of the drop. What goes on
// failing for any other reason is tried for days, then set aside as well: nothing is tried for ever.
import { mkdirSync, readdirSync, watch } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../core/clock'
import { newQueueId, queueIdTime } from './spool'

export const dropSchema = z.object({
  sender: z.string().max(1000),
  recipients: z.array(z.string().max(1000)).min(1).max(10_000),
  user: z.string().max(300),
})
export type Drop = z.output<typeof dropSchema>

const folderOf = (home: string): string => join(home, 'mail', 'spool', 'maildrop')

/** Written, synced, then renamed into view: a half written drop is never seen. */
export const leaveDrop = async (home: string, drop: Drop, message: Buffer): Promise<string> => {
  const folder = folderOf(home)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const id = newQueueId(Date.now())
  const temporary = join(folder, `.${id}`)
  const handle = await open(temporary, 'wx', 0o600)
  await handle.write(`${JSON.stringify(drop)}\n`)
  await handle.write(message)
  await handle.sync()
  await handle.close()
  await rename(temporary, join(folder, id))
  const directory = await open(folder)
  await directory.sync()
  await directory.close()
  return id
}

export interface Maildrop {
  close(): Promise<void>
}

export type TakeDrop = (id: string, drop: Drop, message: Buffer) => Promise<void>

/** What is wrong with the drop itself: it cannot be read, or is refused. */
export class BrokenDrop extends Error {
  override readonly name = 'BrokenDrop'
}

interface Taking {
  clock: Clock
  take: TakeDrop
  step: (name: string) => void
  onBroken: (id: string, error: BrokenDrop) => void
  onPassing: (error: unknown) => void
}

const lookAgainAfter = 60_000
/** As long as a message is tried (RFC 5321 section 4.5.4.1). */
const tryFor = 5 * 24 * 3_600_000
const leastTries = 100

/** Whatever time that takes. */
const isFullOrBusy = (error: unknown): boolean =>
  /^(ENOSPC|EDQUOT|EROFS|SQLITE_FULL|SQLITE_BUSY)/.test((error as NodeJS.ErrnoException).code ?? '')

const isForbidden = (error: unknown): boolean =>
  ['EACCES', 'EPERM', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

const readDrop = async (file: string): Promise<{ drop: Drop; message: Buffer }> => {
  try {
    const bytes = await readFile(file)
    const end = bytes.indexOf(0x0a)
    const drop = dropSchema.parse(JSON.parse(bytes.subarray(0, end).toString('utf8')))
    return { drop, message: bytes.subarray(end + 1) }
  } catch (error) {
    const isBroken = error instanceof SyntaxError || error instanceof z.ZodError || isForbidden(error)
    throw isBroken ? new BrokenDrop(String(error)) : error
  }
}

export const watchMaildrop = (home: string, taking: Taking): Maildrop => {
  const { clock, take, step, onBroken, onPassing } = taking
  const folder = folderOf(home)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let running: Promise<void> = Promise.resolve()
  let cancel = () => {}
  // Queued by this process: only their removal is still to be done.
  const queued = new Set<string>()
  /** Of drops that failed for a passing reason. */
  const tries = new Map<string, number>()
  /** Days old by its own name, and tried many times by this process: a server that was down for a week tries anew. */
  const isHopeless = (id: string): boolean => {
    const count = (tries.get(id) ?? 0) + 1
    tries.set(id, count)
    return count >= leastTries && clock.now() - queueIdTime(id) > tryFor
  }
  const setAside = async (id: string, error: BrokenDrop) => {
    tries.delete(id)
    onBroken(id, error)
    // Kept for the administrator, out of the way of the next look.
    await rename(join(folder, id), join(folder, `broken-${id}`)).catch(() => {})
  }
  const takeOne = async (id: string) => {
    const file = join(folder, id)
    if (!queued.has(id)) {
      const { drop, message } = await readDrop(file)
      step('drop-read')
      await take(id, drop, message)
      step('drop-queued')
      queued.add(id)
    }
    await rm(file, { force: true })
    queued.delete(id)
    tries.delete(id)
    step('drop-removed')
  }
  const later = (error: unknown) => {
    onPassing(error)
    cancel()
    cancel = clock.after(lookAgainAfter, look)
  }
  const lookOnce = async () => {
    for (const id of readdirSync(folder).filter((name) => /^[0-9A-Z]{8,30}$/.test(name))) {
      await takeOne(id).catch(async (error: unknown) => {
        if (error instanceof BrokenDrop) return setAside(id, error)
        // Taken already: only its removal failed.
        if (!queued.has(id) && !isFullOrBusy(error) && isHopeless(id))
          return setAside(id, new BrokenDrop(`tried for days: ${String(error)}`))
        later(error)
      })
    }
  }
  const look = () => {
    running = running.then(lookOnce).catch(later)
  }
  const watcher = watch(folder, look)
  look()
  return {
    close: async () => {
      watcher.close()
      await running
      cancel()
    },
  }
}
