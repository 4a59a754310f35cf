// `npx posthorn <verb>`: everything an administrator does from a terminal.
import { verbs } from './verbs'

const USAGE_ERROR = 64

const [name = 'help', ...args] = process.argv.slice(2)
const verb = verbs[name.replace(/^--?h(elp)?$/, 'help')]
if (verb) process.exitCode = await verb.run(args, process.env)
else {
  console.error(`There is no verb "${name}". The verbs are: ${Object.keys(verbs).join(', ')}.`)
  process.exitCode = USAGE_ERROR
}
