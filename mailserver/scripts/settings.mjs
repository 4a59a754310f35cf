// Prints every key of the mail server as JSON: name, default, meaning. docs/configuration.md is made from it.
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const here = dirname(dirname(fileURLToPath(import.meta.url)))
const outfile = join(here, 'dist', 'settings.mjs')
await build({
  entryPoints: [join(here, 'src', 'core', 'config.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
})
const { keys, secretKeys } = await import(pathToFileURL(outfile).href)
const rows = Object.entries(keys).map(([key, [, fallback, says]]) => ({
  key,
  fallback: fallback ?? null,
  says,
  secret: secretKeys.includes(key),
}))
console.log(JSON.stringify(rows))
