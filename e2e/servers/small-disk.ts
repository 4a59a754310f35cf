// A file system of its own that is full when a test says so.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  folder: string
  /** From now on it has no room for one more page. */
  fill(): void
  makeRoom(): void
  remove(): void
}

const roomy = 'size=1g'

const ran = (...command: [string, ...string[]]): string | null => {
  const [program, ...args] = command
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  return status === 0 ? null : (error?.message ?? stderr.trim())
}

/** Why there can be none here, in one line; null when there can. */
export const whyNoDisk = (): string | null => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a disk of its own needs root on Linux'
  return ran('unshare', '-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt') && 'this machine lets nobody mount'
}

export const makeSmallDisk = (): SmallDisk => {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-disk-'))
  const mount = (options: string, ...more: string[]) => {
    const failed = ran('mount', ...more, '-o', options, folder)
    if (failed) throw new Error(`mount: ${failed}`)
  }
  mount(roomy, '-t', 'tmpfs', 'tmpfs')
  const leave = () => void ran('umount', '-l', folder)
  process.once('exit', leave)
  return {
    folder,
    // As small as what lies there: nothing is written for it.
    fill: () => {
      const { blocks, bfree, bsize } = statfsSync(folder)
      mount(`remount,size=${(blocks - bfree) * bsize}`)
    },
    makeRoom: () => mount(`remount,${roomy}`),
    remove: () => {
      process.off('exit', leave)
      leave()
      rmdirSync(folder)
    },
  }
}
