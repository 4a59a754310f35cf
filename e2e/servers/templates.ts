// What every start of a program makes anew, and always the same: made once for each build, and copied from then on.
// Invariants:
// - a template has its name when it is whole: processes that make one at the same time do not meet in it;
// - what a test gets are files of its own, or links to what no program ever writes into again;
// - it is kept with the packages of the clone, and the next build's takes its place.
import { spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './repository'

const place = join(repository, 'node_modules', '.cache', 'posthorn-tests')

interface Template {
  name: string
  /** Of the build it is made with: another content, another template. */
  madeBy: string
  /** Where its content is to stand. */
  to: string
  as: 'files' | 'links'
}

/** Links where the file system lets it: a thousand files are a second of work. */
const bring = (from: string, to: string, as: Template['as']): void => {
  if (as === 'links' && spawnSync('cp', ['-al', from, to]).status === 0) return
  rmSync(to, { recursive: true, force: true })
  cpSync(from, to, { recursive: true, verbatimSymlinks: true })
}

const folderOf = ({ name, madeBy }: Template): string => {
  const { mtimeMs, size } = statSync(join(repository, madeBy))
  const build = createHash('sha256').update(`${repository} ${mtimeMs} ${size}`).digest('hex').slice(0, 16)
  return join(place, `${name}-${build}`)
}

/** Keeps what was made; whoever was first is kept. */
export const keepTemplate = (template: Template): void => {
  const folder = folderOf(template)
  if (existsSync(folder)) return
  mkdirSync(place, { recursive: true })
  for (const old of readdirSync(place))
    if (old.startsWith(`${template.name}-`)) rmSync(join(place, old), { recursive: true, force: true })
  const unfinished = join(place, `.${randomUUID()}`)
  bring(template.to, unfinished, template.as)
  try {
    renameSync(unfinished, folder)
  } catch {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** Whether there is one: then it stands where it was wanted. */
export const fromTemplate = (template: Template): boolean => {
  const folder = folderOf(template)
  if (!existsSync(folder)) return false
  bring(folder, template.to, template.as)
  return true
}
