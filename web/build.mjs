// Builds dist/web.mjs, the web process around Next. Packages stay outside; `server-only` is a guard for the
// browser's bundles and throws elsewhere, so here it is empty.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

export const buildWeb = () =>
  build({
    entryPoints: [here('main.ts')],
    outfile: here('../dist/web.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    alias: { 'server-only': here('nothing.ts') },
    sourcemap: 'linked',
    logLevel: 'warning',
  })

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb()
