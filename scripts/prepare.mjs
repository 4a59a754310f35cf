// Installs what the clone needs, when it needs it. Runs before anything is installed: Node alone.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { withProgress } from './progress.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const leastNode = [20, 19]

/** A mistake the person can mend: shown as its sentence alone. */
export class Unprepared extends Error {}

const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return null
  }
}

/** npm writes what it installed into node_modules: compared with the lock file, no stamp of ours is needed. */
const isInstalled = () => {
  const installed = packagesOf('node_modules/.package-lock.json')
  if (!installed) return false
  return Object.entries(packagesOf('package-lock.json')).every(([path, wanted]) => {
    if (!path.startsWith('node_modules/') || wanted.link || wanted.optional || wanted.peer) return true
    return installed[path]?.version === wanted.version
  })
}

/** The database library is compiled for one Node: opening a database is the proof that it was. */
const databaseError = () => {
  try {
    const Database = createRequire(join(root, 'package.json'))('better-sqlite3')
    new Database(':memory:').close()
    return null
  } catch (error) {
    return error
  }
}

const npm = (args, env) =>
  new Promise((done) => {
    const child = spawn('npm', args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => done({ code: 1, output: error.message }))
    child.once('close', (code) => done({ code, output }))
  })

/** Without a prebuilt binary better-sqlite3 is compiled; the headers that came with Node save a download. */
export const environment = (env = process.env) => {
  const prefix = dirname(dirname(process.execPath))
  const headers = existsSync(join(prefix, 'include', 'node', 'node.h'))
  return { ...env, ...(headers ? { npm_config_nodedir: prefix } : {}) }
}

const noCompiler =
  'The database library could not be built: install python3, make and g++ (Debian: apt install python3 make g++), then run this again.'

const install = async (why) => {
  const { code, output } = await withProgress(`Installing packages (${why}; a minute or two)`, () =>
    npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], environment()),
  )
  if (code === 0) return
  if (/better-sqlite3|node-gyp|gyp ERR/.test(output)) throw new Unprepared(`${output}\n${noCompiler}`)
  throw new Unprepared(`${output}\nnpm could not install the packages: the reason stands above.`)
}

export const prepare = async () => {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < leastNode[0] || (major === leastNode[0] && minor < leastNode[1]))
    throw new Unprepared(
      `Posthorn needs Node.js ${leastNode.join('.')} or newer; this is ${process.versions.node}.`,
    )
  if (!isInstalled()) await install(existsSync(join(root, 'node_modules')) ? 'the list changed' : 'once')
  if (!databaseError()) return
  await install('for this version of Node.js')
  const still = databaseError()
  if (still) throw new Unprepared(`${still.message}\n${noCompiler}`)
}

/** Runs a script's steps and shows what a person can mend as a sentence, not as a stack. */
export const orSay = async (steps) => {
  try {
    await steps()
  } catch (error) {
    console.error(error instanceof Unprepared ? `\n${error.message}` : error)
    process.exit(1)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await orSay(prepare)
