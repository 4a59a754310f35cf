// The command line: `posthorn-mail VERB`. Each verb is one file under verbs/.
import { Failure } from './core/errors'
import { isVerb, usage, verbs } from './verbs'
import { helpOn } from './verbs/help'
import type { VerbName } from './verbs/usage'

const fail = (name: VerbName, error: unknown): never => {
  const text = error instanceof Failure ? error.message : ((error as Error)?.stack ?? String(error))
  process.stderr.write(`posthorn-mail ${name}: ${text}\n`)
  // What is already open (a queue, a door) must not keep a failed start alive. 78 is EX_CONFIG of sysexits.h.
  process.exit(error instanceof Failure && error.code === 'config' ? 78 : 1)
}

const [name = '', ...rest] = process.argv.slice(2)
if (isVerb(name) && !rest.includes('--help')) {
  const verb = await verbs[name]()
  await verb(rest).catch((error: unknown) => fail(name, error))
} else if (isVerb(name)) process.stdout.write(helpOn(name))
else {
  const asked = ['', 'help', '--help'].includes(name)
  process[asked ? 'stdout' : 'stderr'].write(
    asked ? usage() : `posthorn-mail: no verb "${name}"\n\n${usage()}`,
  )
  process.exitCode = asked ? 0 : 64
}
