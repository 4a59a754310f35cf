// `npm run e2e [-- playwright's arguments]`: the browser stories alone.
import { spawnSync } from 'node:child_process'
import { build } from './build.mjs'
import { orSay, prepare } from './prepare.mjs'

await orSay(async () => {
  await prepare()
  await build()
})
const args = ['playwright', 'test', '--config', 'e2e/playwright.config.ts', ...process.argv.slice(2)]
process.exitCode = spawnSync('npx', args, { stdio: 'inherit' }).status ?? 1
