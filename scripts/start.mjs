// `npm start`: install what is missing, build what is stale, then hand over to the supervisor.
import { build } from './build.mjs'
import { orSay, prepare } from './prepare.mjs'

await orSay(async () => {
  await prepare()
  await build()
})
process.argv.splice(2, 0, 'start')
await import('../dist/posthorn.mjs')
