// Which stories are told twice. Each is told in front of our server in every run; what a person does first is told in
// front of Debian's Dovecot and Postfix each time, too, of everything else there the half that a seed chooses
// (DESIGN.md section 6). Without a seed, all of it: `npm run e2e`, `npm run test:long -- stories`.
import { createHash } from 'node:crypto'

/** Signing in, a wrong password, reading, writing and its arrival elsewhere, the keyboard alone, a phone. */
const always = new Set(['sign-in', 'read', 'write', 'keyboard', 'phone'])

const drawn = (seed: string, name: string): string =>
  createHash('sha256').update(`${seed} ${name}`).digest('hex')

/** Those that another run tells. */
export const leftOut = (stories: readonly string[], seed: string | undefined): string[] => {
  if (!seed) return []
  const others = stories.filter((name) => !always.has(name))
  const inOrder = others
    .map((name) => ({ name, lot: drawn(seed, name) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
  return inOrder.slice(Math.ceil(inOrder.length / 2)).map(({ name }) => name)
}
