// Another build of the web app: the same program, none of whose files has the name that it has in ours.
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { repository } from './repository'

export interface OtherBuild {
  /** Where it is started from. */
  root: string
  remove(): void
}

const notServed = /\/\.next\/(cache|dev|trace|types|diagnostics)(\/|$)/
const text = new Set(['.js', '.mjs', '.cjs', '.json', '.html', '.rsc', '.css', '.txt', '.body', '.meta'])
const parts = { ours: 'static/chunks', theirs: 'static/pieces' }

export const otherBuild = (): OtherBuild => {
  const root = mkdtempSync(join(tmpdir(), 'posthorn-build-'))
  for (const name of ['dist', '.next'])
    cpSync(join(repository, name), join(root, name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !notServed.test(path) && !/\.(map|br|gz)$/.test(path),
    })
  for (const name of ['node_modules', 'public', 'package.json'])
    symlinkSync(join(repository, name), join(root, name))
  const build = join(root, '.next')
  const id = readFileSync(join(build, 'BUILD_ID'), 'utf8')
  renameSync(join(build, parts.ours), join(build, parts.theirs))
  for (const entry of readdirSync(build, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || !text.has(extname(entry.name))) continue
    const before = readFileSync(path, 'utf8')
    const after = before.replaceAll(parts.ours, parts.theirs)
    if (after !== before) writeFileSync(path, after)
  }
  writeFileSync(join(build, 'BUILD_ID'), [...id].reverse().join(''))
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}
