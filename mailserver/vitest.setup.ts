// The tests run the sources; the threads of the store are programs, built as the product builds them.
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { place } from './vitest.place'

export const teardown = () => rmSync(place, { recursive: true, force: true })

export const setup = async () => {
  // Dovecot and Postfix look into it as users of their own.
  mkdirSync(place, { recursive: true })
  chmodSync(place, 0o755)
  const root = import.meta.dirname
  const workers = readdirSync(join(root, 'src'), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.worker.ts'))
  await build({
    absWorkingDir: root,
    entryPoints: workers.map((file) => join('src', file)),
    outdir: 'dist',
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
  })
}
