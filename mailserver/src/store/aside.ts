// Files beside the database for what costs time to derive from it, and nothing else: `order/<born>-<name>`.
//
// Invariants:
//  - `born` names the database (schema.ts): a file of another one, whose numbers mean something else, is not read.
//  - A file is whole or not taken: its checksum goes with it, and it is renamed into place.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Context } from './context'
import type { UserStore } from './contract'

const isName = (name: string) => /^[a-z_]{1,30}$/.test(name)

export const createAside = (ctx: Context, isClosed: () => boolean): UserStore['aside'] => {
  const born = String(ctx.q("select value from meta where key = 'born'").pluck().get())
  const folder = join(ctx.folder, 'order')
  const clear = async () => {
    for (const name of await readdir(folder).catch(() => []))
      if (!name.startsWith(`${born}-`)) await rm(join(folder, name), { force: true })
  }
  let cleared: Promise<void> | null = null
  let last: Promise<unknown> = Promise.resolve()
  const write = async (name: string, bytes: Buffer) => {
    if (!isName(name)) throw new Error(`not a name: ${name}`)
    // The user may be removed by now.
    if (isClosed()) return
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await (cleared ??= clear())
    const path = join(folder, `${born}-${name}`)
    const sum = Buffer.alloc(8)
    sum.writeUInt32LE(crc32(bytes))
    await writeFile(`${path}.new`, Buffer.concat([sum, bytes]), { mode: 0o600 })
    await rename(`${path}.new`, path)
  }
  return {
    born,
    read: async (name) => {
      const all = await readFile(join(folder, `${born}-${name}`)).catch(() => null)
      if (!all || all.length < 8) return null
      const bytes = all.subarray(8)
      return crc32(bytes) === all.readUInt32LE() ? bytes : null
    },
    // One after the other: they share the name beside.
    write: (name, bytes) => {
      const mine = last.then(() => write(name, bytes))
      last = mine.catch(() => undefined)
      return mine
    },
  }
}
