// `npm run bench -- web|imap|smtp|search [--quick]`: measured beside the peers that are installed.
import { spawnSync } from 'node:child_process'
import { build } from './build.mjs'
import { orSay, prepare } from './prepare.mjs'

await orSay(async () => {
  await prepare()
  await build(['web', 'search'].includes(process.argv[2]) ? undefined : ['mail server'])
})
const args = ['--import', 'tsx', 'bench/main.ts', ...process.argv.slice(2)]
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
