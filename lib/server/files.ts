import 'server-only'
import { randomUUID } from 'node:crypto'
import { open, mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

// A file that is promised to be there is written beside its name, fsynced, renamed, and its folder fsynced:
// after a power cut there is the whole file or none.

export interface DurableFile {
  write(chunk: Uint8Array): Promise<void>
  /** From here on the file is there, whatever happens. */
  keep(): Promise<void>
  /** As if it had never been begun. */
  discard(): Promise<void>
}

export const beginFile = async (path: string): Promise<DurableFile> => {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unfinished = `${path}.${randomUUID()}.part`
  const handle = await open(unfinished, 'wx', 0o600)
  return {
    write: async (chunk) => {
      await handle.writeFile(chunk)
    },
    keep: async () => {
      await handle.sync()
      await handle.close()
      await rename(unfinished, path)
      await syncFolder(folder)
    },
    discard: async () => {
      await handle.close().catch(() => undefined)
      await rm(unfinished, { force: true })
    },
  }
}

export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
