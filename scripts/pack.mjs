// Beside a file of the build what a browser gets instead of it (web/assets.ts): made when the web app is built, and again for
// the few files that a prefix is written into.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const packable = new Set(['.js', '.css', '.svg', '.json', '.txt'])
/** A network packet holds as much. */
const smallest = 1400
/** A first visit is a fourteenth smaller for it, and a build some seconds longer. */
const brotliQuality = constants.BROTLI_MAX_QUALITY
/** At a time: Node packs on four threads. */
const together = 4

/** @param {string} path */
export const pack = async (path) => {
  const bytes = packable.has(extname(path)) ? await readFile(path) : null
  if (!bytes) return
  // It may have been longer before a prefix was written into it.
  if (bytes.length < smallest)
    return void (await Promise.all(['.br', '.gz'].map((end) => rm(path + end, { force: true }))))
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, { params }))
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }))
}

/** @param {string} folder */
export const packUnder = async (folder) => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const next = async () => {
    for (let file = files.pop(); file; file = files.pop()) await pack(file)
  }
  await Promise.all(Array.from({ length: together }, next))
}
