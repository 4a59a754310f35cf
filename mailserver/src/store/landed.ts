// What a commit asks of the disk before its rows: bytes written under their names, folders and UID lists synced.
import { join } from 'node:path'
import type { Arrival, Placed } from './arrivals'
import type { Context } from './context'
import type { LandingFile } from './disk/landing'
import { splitName } from './maildir'
import { lineOf, uidListFile, type UidLine } from './uidlist'

type Written = Arrival & { write: NonNullable<Arrival['write']> }
const isWritten = (arrival: Arrival): arrival is Written => arrival.write !== undefined

interface Wanted {
  job: Placed
  file: LandingFile
  from: Buffer
}

const filesOf = (ctx: Context, placed: readonly Placed[]): Wanted[] => {
  let start = 0
  return placed.flatMap((job) =>
    job.job.arrivals.filter(isWritten).map(({ name, write: { bytes, at } }) => {
      const end = start + bytes.length
      const tmp = join(ctx.maildir, 'tmp', splitName(name).base)
      const file = { tmp, to: join(job.path, name), start, end, at }
      start = end
      return { job, file, from: bytes }
    }),
  )
}

/** Bytes of their own, to be handed over: those at hand are views into slabs. */
const joined = (wanted: readonly Wanted[]): Uint8Array => {
  const bytes = new Uint8Array(wanted.at(-1)?.file.end ?? 0)
  for (const { file, from } of wanted) bytes.set(from, file.start)
  return bytes
}

const listsOf = (placed: readonly Placed[], saved: number) => {
  const folders = new Set<string>()
  const lines = new Map<string, UidLine[]>()
  for (const { job, path, uids } of placed) {
    const list = lines.get(path) ?? []
    for (const [index, arrival] of job.arrivals.entries()) {
      folders.add(join(path, arrival.name.slice(0, 3)))
      list.push({ uid: uids[index]!, saved, base: splitName(arrival.name).base })
    }
    lines.set(path, list)
  }
  const texts = [...lines].map(([path, list]) => ({
    path: join(path, uidListFile),
    text: list.map(lineOf).join(''),
  }))
  return { folders: [...folders], lines: texts }
}

/** Answers which jobs could not be written, and why; throws where none could be made durable. */
export const makeDurable = async (
  ctx: Context,
  placed: readonly Placed[],
  saved: number,
): Promise<Map<Placed, Error>> => {
  const wanted = filesOf(ctx, placed)
  const files = wanted.map(({ file }) => file)
  const landed = await ctx.disk.land({ bytes: joined(wanted), files, ...listsOf(placed, saved) })
  if ('failedAll' in landed) throw new Error(landed.failedAll)
  const failed = new Map<Placed, Error>()
  landed.failed.forEach((reason, at) => {
    if (reason !== null) failed.set(wanted[at]!.job, new Error(reason))
  })
  return failed
}
