// In front of which server a story is told. What a person does first is told in front of both in every run, everything
// else in front of one of them, which a seed chooses: so a run tells every story, and the next one may tell it elsewhere
// (docs/decisions/053-each-story-once.md). Without a seed both get all: `npm run e2e`, `npm run test:long -- stories`.
import { dealt } from './lots'

/** Signing in, a wrong password, reading, writing and its arrival elsewhere, the keyboard alone, a phone. */
const daily = new Set(['sign-in', 'read', 'write', 'keyboard', 'phone'])

/** What takes longest first, as far as it was measured: two that take about the same go to different servers. */
const longest = [
  'huge',
  'weak-server',
  'language',
  'act',
  'search',
  'rich',
  'senders',
  'folders',
  'attachments',
  'list',
]

const rank = (name: string): number => {
  const at = longest.indexOf(name)
  return at === -1 ? longest.length : at
}

/** Those that are told in front of the other server alone. */
export interface LeftOut {
  posthorn: string[]
  dovecot: string[]
}

export const leftOut = (stories: readonly string[], seed: string | undefined): LeftOut => {
  if (!seed) return { posthorn: [], dovecot: [] }
  const others = stories.filter((name) => !daily.has(name)).toSorted((a, b) => rank(a) - rank(b))
  const [posthorn = [], dovecot = []] = dealt(others, { seed, hands: 2, nameOf: (name) => name })
  return { posthorn, dovecot }
}
