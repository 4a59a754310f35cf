import 'server-only'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod/mini'
import { config } from '../config'
import { log } from '../log'

// What the sign-in page may offer on a demo stack. Passwords that were made at random are for the person who
// started it: only the ones everybody knows are given to whoever opens the page, and only while they open something.
const record = z.looseObject({
  passwords: z.enum(['known', 'random']),
  accounts: z.array(
    z.looseObject({
      address: z.string(),
      password: z.string(),
      name: z._default(z.string(), ''),
      /** The person has a password of their own since. */
      changed: z.optional(z.literal('yes')),
    }),
  ),
})

export interface DemoAccount {
  address: string
  password: string
  name: string
}

const fileOf = (home: string): string => join(/* turbopackIgnore: true */ home, 'demo.json')

const read = (home: string): unknown => {
  try {
    return JSON.parse(readFileSync(fileOf(home), 'utf8'))
  } catch {
    return null
  }
}

const knownDemo = () => {
  const { demo, home } = config()
  const found = demo ? record.safeParse(read(home)) : null
  return found?.success && found.data.passwords === 'known' ? found.data : null
}

export const demoAccounts = (): DemoAccount[] =>
  (knownDemo()?.accounts ?? []).flatMap(({ address, password, name, changed }) =>
    changed ? [] : [{ address, password, name }],
  )

/** What a demo account is called until its person says otherwise. */
export const demoNameOf = (address: string): string =>
  knownDemo()?.accounts.find((one) => one.address === address.toLowerCase())?.name ?? ''

/** Its password was changed, or no longer opens it: nobody is offered to come in with it. */
export const withdrawDemo = (address: string): void => {
  const demo = knownDemo()
  const one = demo?.accounts.find((one) => one.address === address.toLowerCase())
  if (!one || one.changed) return
  one.changed = 'yes'
  const file = fileOf(config().home)
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
    renameSync(`${file}.new`, file)
  } catch (error) {
    log().warn({ event: 'demo-not-written', err: error }, 'the demo still offers an old password')
  }
}
