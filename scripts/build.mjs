// Builds what is stale. A step is stale when its output is missing or the content of what it reads has
// changed; contents, not times, because a checkout touches every file.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { packUnder } from './pack.mjs'
import { orSay, prepare, Unprepared } from './prepare.mjs'
import { withProgress } from './progress.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const isTest = (name) => /\.test\.tsx?$/.test(name) || name === 'fixtures'

const filesUnder = (path) => {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => name !== 'node_modules' && name !== 'dist' && !isTest(name))
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}

const digest = (paths) => {
  const hash = createHash('sha256').update(process.versions.modules)
  for (const file of paths.flatMap((path) => filesUnder(join(root, path))))
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

const command = (args, options = {}) =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      ...options,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.once('error', failed)
    child.once('close', (code) =>
      code === 0 ? done() : failed(new Unprepared(`${output}\n${args.join(' ')} ended with ${code}`)),
    )
  })

/** `server-only` guards against the browser's bundle; the programs built here are servers. */
const serverOnly = {
  name: 'server-only',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^server-only$/ }, () => ({ path: 'server-only', namespace: 'empty' }))
    onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }))
  },
}

const bundle = async (entry, outfile) => {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'linked',
    logLevel: 'silent',
    plugins: [serverOnly],
  })
}

const shared = ['package-lock.json', 'scripts/build.mjs', 'scripts/pack.mjs', 'tsconfig.json']

/** What a build makes, from what, and how. */
export const steps = {
  'mail server': {
    reads: ['mailserver/src', 'mailserver/scripts', 'mailserver/package.json', 'mailserver/tsconfig.json'],
    makes: 'mailserver/dist/posthorn-mail.mjs',
    run: () => command(['scripts/build.mjs'], { cwd: join(root, 'mailserver') }),
  },
  'command line': {
    reads: ['cli', 'lib'],
    makes: 'dist/posthorn.mjs',
    run: () => bundle('cli/main.ts', 'dist/posthorn.mjs'),
  },
  'web server': {
    reads: ['web', 'lib'],
    makes: 'dist/web.mjs',
    run: () => bundle('web/main.ts', 'dist/web.mjs'),
  },
  'web doors': {
    reads: ['web', 'lib', 'app/api'],
    makes: 'dist/doors.mjs',
    run: () => bundle('web/doors.ts', 'dist/doors.mjs'),
  },
  'web app': {
    reads: [
      ...['app', 'components', 'lib', 'public', 'next.config.ts', 'postcss.config.mjs'],
      ...['proxy.ts', 'instrumentation.ts'],
    ],
    makes: '.next/BUILD_ID',
    run: async () => {
      await command(['node_modules/next/dist/bin/next', 'build'])
      await packUnder(join(root, '.next', 'static'))
    },
  },
}

const stampOf = (step) => join(root, dirname(step.makes), `.stamp-${step.makes.split('/').pop()}`)

const isStale = (step, wanted) => {
  const stamp = stampOf(step)
  if (!existsSync(join(root, step.makes)) || !existsSync(stamp)) return true
  return readFileSync(stamp, 'utf8') !== wanted
}

const make = async (name) => {
  const step = steps[name]
  const wanted = digest([...shared, ...step.reads])
  if (!isStale(step, wanted)) return
  rmSync(stampOf(step), { force: true })
  await withProgress(`Building the ${name}`, step.run)
  mkdirSync(dirname(stampOf(step)), { recursive: true })
  writeFileSync(stampOf(step), wanted)
}

/** One after the other: two cores are busy with one of them, and the progress stays readable. */
export const build = async (names = Object.keys(steps)) => {
  for (const name of names) await make(name)
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  await orSay(async () => {
    await prepare()
    await build()
  })
