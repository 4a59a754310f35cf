import 'server-only'
import { once } from '../once'
import type { Connection } from './connection'
import { stringOf } from './wire'

// What one may do in folders of others (RFC 4314 section 3.5). Asked folder by folder, since LIST does not tell it
// (RFC 8440 is rare), and held for a while: rights change seldom, and a server refuses what they forbid all the same.

const keepMs = 5 * 60_000
const mostAsked = 500
const mostHeld = 50_000

interface Held {
  rights: string
  until: number
}
const held = once('mail-rights', () => new Map<string, Held>())

/** Servers of RFC 2086 say `c` and `d` for what are several rights since (RFC 4314 section 2.1.1). */
const modern = (told: string): string => {
  const more = (told.includes('c') ? 'kx' : '') + (told.includes('d') ? 'te' : '')
  return [...new Set((told + more).toLowerCase())].filter((right) => /[a-z0-9]/.test(right)).join('')
}

const askOne = async (connection: Connection, path: string): Promise<string> => {
  let told = ''
  await connection.run('MYRIGHTS', [connection.encode(path)], {
    MYRIGHTS: ({ tokens }) => void (told = stringOf(tokens[1]).slice(0, 100)),
  })
  return modern(told)
}

/** By path; what the server would not say is left out, and then nothing is known to be forbidden. */
export const rightsIn = async (
  connection: Connection,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>()
  if (!connection.has('ACL')) return found
  const now = Date.now()
  for (const path of paths.slice(0, mostAsked)) {
    const key = `${connection.who.key}\n${path}`
    const known = held.get(key)
    const rights =
      known && known.until > now ? known.rights : await askOne(connection, path).catch(() => null)
    if (rights === null) continue
    found.set(path, rights)
    if (rights !== known?.rights || known.until <= now) held.set(key, { rights, until: now + keepMs })
  }
  if (held.size > mostHeld) held.clear()
  return found
}
