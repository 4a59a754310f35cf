// Mail handed in by a program on this machine (`posthorn-mail sendmail`): a file in spool/maildrop, made durable by
// the program, taken into the queue by the server, now or at its next start.
//
// The drop's name is the queue id it will have: a drop taken twice is delivered under the same delivery ids.
import { mkdirSync, readdirSync, watch } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { newQueueId } from './spool'

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

interface Taking {
  take: TakeDrop
  step: (name: string) => void
  onBroken: (id: string, error: unknown) => void
}

export const watchMaildrop = (home: string, { take, step, onBroken }: Taking): Maildrop => {
  const folder = folderOf(home)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let running: Promise<void> = Promise.resolve()
  const takeOne = async (id: string) => {
    const file = join(folder, id)
    const bytes = await readFile(file)
    const end = bytes.indexOf(0x0a)
    step('drop-read')
    await take(
      id,
      dropSchema.parse(JSON.parse(bytes.subarray(0, end).toString('utf8'))),
      bytes.subarray(end + 1),
    )
    step('drop-queued')
    await rm(file)
    step('drop-removed')
  }
  const look = () => {
    running = running.then(async () => {
      for (const id of readdirSync(folder).filter((name) => /^[0-9A-Z]{8,30}$/.test(name))) {
        await takeOne(id).catch(async (error: unknown) => {
          onBroken(id, error)
          // Kept for the administrator, out of the way of the next look.
          await rename(join(folder, id), join(folder, `broken-${id}`)).catch(() => {})
        })
      }
    })
  }
  const watcher = watch(folder, look)
  look()
  return {
    close: async () => {
      watcher.close()
      await running
    },
  }
}
