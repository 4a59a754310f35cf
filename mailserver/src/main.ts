// The command line: `posthorn-mail <verb>`. Each verb is one file under verbs/.
import { Failure } from './core/errors'
import { verbs, usage } from './verbs'

const [name = '', ...rest] = process.argv.slice(2)
const verb = verbs[name]
if (!verb) {
  const asked = name === '' || name === 'help' || name === '--help'
  process[asked ? 'stdout' : 'stderr'].write(
    asked ? usage() : `posthorn-mail: no verb "${name}"\n\n${usage()}`,
  )
  process.exitCode = asked ? 0 : 64
} else {
  verb.run(rest).catch((error: unknown) => {
    const text = error instanceof Failure ? error.message : ((error as Error)?.stack ?? String(error))
    process.stderr.write(`posthorn-mail ${name}: ${text}\n`)
    process.exitCode = error instanceof Failure && error.code === 'config' ? 78 : 1
  })
}
