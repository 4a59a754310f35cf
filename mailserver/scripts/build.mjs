// Bundles the mail server into dist/: one file per entry and chunks per verb; dependencies stay in node_modules. Worker entries of
// the store (src/**/*.worker.ts) become files of their own beside it.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const workers = readdirSync(join(root, 'src'), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.worker.ts'))

for (const file of existsSync(dist) ? readdirSync(dist) : []) {
  if (/-[A-Z0-9]{8}\.mjs(\.map)?$/.test(file)) rmSync(join(dist, file))
}

await build({
  absWorkingDir: root,
  entryPoints: [
    { in: 'src/main.ts', out: 'posthorn-mail' },
    ...workers.map((file) => ({ in: join('src', file), out: basename(file, '.ts') })),
  ],
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  // In dist/ itself, so that `new URL('./x.worker.mjs', import.meta.url)` holds from any chunk.
  chunkNames: '[name]-[hash]',
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: 'linked',
  logLevel: 'warning',
})
