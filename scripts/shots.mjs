// `npm run shots [-- view …]`: docs/shots anew, from the running product.
import { spawnSync } from 'node:child_process'
import { build } from './build.mjs'
import { orSay, prepare } from './prepare.mjs'

await orSay(async () => {
  await prepare()
  await build()
})
const args = ['--import', 'tsx', 'e2e/shots/shots.ts', ...process.argv.slice(2)]
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
