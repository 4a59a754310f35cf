import { createHash, randomUUID } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { ConfigError } from '../lib/server/config'
import { pack } from '../scripts/pack.mjs'
import { basePathPlaceholder } from './placeholder'

// The build carries a placeholder for the prefix; what is served is a copy in which it is replaced. One copy
// per build and prefix, made once, completed before it gets its name: a process killed while copying leaves
// nothing that another could take for a whole one.

const textFiles = new Set(['.js', '.mjs', '.cjs', '.json', '.html', '.rsc', '.css', '.txt', '.body', '.meta'])
const notServed = new Set(['cache', 'dev', 'trace', 'types', 'diagnostics'])
const kept = 3

export interface BuildCopy {
  /** What Next is given as its project folder. */
  folder: string
  /** Next's own configuration, as the build wrote it. */
  config: string
  /** Its name: another one for each build and prefix. */
  id: string
  /** Copies of earlier builds for this prefix, the oldest first: pages that they drew still ask for their files. */
  earlier: string[]
}

export const copyForPrefix = async (at: {
  root: string
  home: string
  prefix: string
}): Promise<BuildCopy> => {
  const build = join(at.root, '.next')
  const id = await readFile(join(build, 'BUILD_ID'), 'utf8').catch((cause: unknown) => {
    throw new ConfigError('the web app is not built: run `npm run build`', { cause })
  })
  const { mtimeMs } = await stat(join(build, 'BUILD_ID'))
  const name = createHash('sha256')
    .update(`${id} ${mtimeMs} ${at.root} ${at.prefix}`)
    .digest('hex')
    .slice(0, 16)
  const copies = join(resolve(at.home), 'web')
  const folder = join(copies, name)
  if (!(await exists(folder))) {
    await mkdir(copies, { recursive: true })
    await makeCopy({ ...at, build, copies, folder })
    await removeOld(copies, name)
  }
  const manifest = await readFile(join(folder, '.next', 'required-server-files.json'), 'utf8')
  const { config } = JSON.parse(manifest) as { config: object }
  return {
    folder,
    config: JSON.stringify(config),
    id: name,
    earlier: await earlierFor(copies, { current: name, prefix: at.prefix }),
  }
}

/** What says for which prefix a copy was made. */
const prefixFile = 'prefix.txt'

const earlierFor = async (
  copies: string,
  { current, prefix }: { current: string; prefix: string },
): Promise<string[]> => {
  const aged = await agedIn(copies, current)
  const folders = aged.toSorted((a, b) => a.at - b.at).map(({ name }) => join(copies, name))
  const prefixes = await Promise.all(
    folders.map((folder) => readFile(join(folder, prefixFile), 'utf8').catch(() => null)),
  )
  return folders.filter((_, n) => prefixes[n] === prefix)
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

interface Making {
  root: string
  prefix: string
  build: string
  copies: string
  folder: string
}

const makeCopy = async ({ root, prefix, build, copies, folder }: Making): Promise<void> => {
  const unfinished = join(copies, `.${randomUUID()}`)
  await cp(build, join(unfinished, '.next'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.map') && !notServed.has(path.slice(build.length + 1)),
  })
  // Packages that the build leaves outside are found upwards from the copy; public files beside it.
  await symlink(join(root, 'node_modules'), join(unfinished, 'node_modules'))
  if (await exists(join(root, 'public'))) await symlink(join(root, 'public'), join(unfinished, 'public'))
  await replaceIn(join(unfinished, '.next'), prefix)
  await writeFile(join(unfinished, prefixFile), prefix)
  await rename(unfinished, folder).catch(async (cause: NodeJS.ErrnoException) => {
    await rm(unfinished, { recursive: true, force: true })
    // Another process made the same copy meanwhile.
    if (cause.code !== 'ENOTEMPTY' && cause.code !== 'EEXIST') throw cause
  })
}

const replaceIn = async (folder: string, prefix: string): Promise<void> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile() && textFiles.has(extname(entry.name)))
  await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      const text = await readFile(path, 'utf8')
      const replaced = replacePlaceholder(text, prefix)
      if (replaced === text) return
      await writeFile(path, replaced)
      // What was packed with the build is of the text before.
      if (path.startsWith(join(folder, 'static'))) await pack(path)
    }),
  )
}

/**
 * In a regular expression the slash before the placeholder is escaped (`\/` in code, `\\/` in JSON): the
 * slashes of the prefix are then escaped alike, and with an empty prefix the escape goes too.
 */
export const replacePlaceholder = (text: string, prefix: string): string =>
  text.replaceAll(new RegExp(`(\\\\*)${basePathPlaceholder}`, 'g'), (_, escape: string) =>
    escape ? prefix.replace(/[/.]/g, (mark) => escape + mark) : prefix,
  )

const agedIn = async (copies: string, current: string): Promise<{ name: string; at: number }[]> => {
  const names = (await readdir(copies)).filter((name) => name !== current)
  return Promise.all(
    names.map(async (name) => ({
      name,
      at: (await stat(join(copies, name)).catch(() => null))?.mtimeMs ?? 0,
    })),
  )
}

/** Copies of builds long gone; the newest stay, because another process may still serve from one. */
const removeOld = async (copies: string, current: string): Promise<void> => {
  const aged = await agedIn(copies, current)
  const old = aged.toSorted((a, b) => b.at - a.at).slice(kept)
  await Promise.all(old.map(({ name }) => rm(join(copies, name), { recursive: true, force: true })))
}
