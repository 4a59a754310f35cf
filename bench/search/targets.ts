// What DESIGN.md section 5 promises of searching, in milliseconds.
import type { Medians } from '../report'

/** On our own server, of 100,000 messages. */
const own = { 'subject, whole': 60, 'text, whole': 100 } as const
/** On somebody else's: what its SEARCH takes, and so much for telling it. */
const beside = 30
const firstHits = 1000

interface Verdict {
  took: number
  target: number
  met: 'yes' | 'no'
}

const verdict = (took = NaN, target: number): Verdict => ({
  took,
  target,
  met: took <= target ? 'yes' : 'no',
})

export const judgeSearch = (medians: Medians): Record<string, Verdict> => {
  const { posthorn = {}, 'its SEARCH': search = {}, 'own server': ours = {} } = medians
  return {
    ...Object.fromEntries(
      Object.entries(own).map(([walk, target]) => [`own server, ${walk}`, verdict(ours[walk], target)]),
    ),
    ...Object.fromEntries(
      ['subject, whole', 'text, whole'].map((walk) => [
        `on Dovecot, ${walk}`,
        verdict(posthorn[walk], (search[walk] ?? NaN) + beside),
      ]),
    ),
    'on Dovecot, first hits of all folders': verdict(posthorn['all folders, first hits'], firstHits),
  }
}
