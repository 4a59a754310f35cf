import 'server-only'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod/mini'
import { config } from '../config'

// What the sign-in page may offer on a demo stack. Passwords that were made at random are for the person who
// started it: only the ones everybody knows are given to whoever opens the page.
const record = z.object({
  passwords: z.enum(['known', 'random']),
  accounts: z.array(
    z.object({ address: z.string(), password: z.string(), name: z._default(z.string(), '') }),
  ),
})

export interface DemoAccount {
  address: string
  password: string
  name: string
}

const read = (home: string): unknown => {
  try {
    return JSON.parse(readFileSync(join(/* turbopackIgnore: true */ home, 'demo.json'), 'utf8'))
  } catch {
    return null
  }
}

export const demoAccounts = (): DemoAccount[] => {
  const { demo, home } = config()
  const found = demo ? record.safeParse(read(home)) : null
  return found?.success && found.data.passwords === 'known' ? found.data.accounts : []
}

/** What a demo account is called until its person says otherwise. */
export const demoNameOf = (address: string): string =>
  demoAccounts().find((one) => one.address === address.toLowerCase())?.name ?? ''
