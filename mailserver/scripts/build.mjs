// Bundles the mail server into dist/: one file per entry, dependencies stay in node_modules. Worker entries of
// the store (src/**/*.worker.ts) become files of their own beside it.
import { cpSync, existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const workers = readdirSync(join(root, 'src'), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.worker.ts'))

await build({
  absWorkingDir: root,
  entryPoints: [
    { in: 'src/main.ts', out: 'posthorn-mail' },
    ...workers.map((file) => ({ in: join('src', file), out: basename(file, '.ts') })),
  ],
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: 'linked',
  logLevel: 'warning',
})

const demoFiles = join(root, 'src', 'demo', 'files')
if (existsSync(demoFiles)) cpSync(demoFiles, join(root, 'dist', 'demo-files'), { recursive: true })
