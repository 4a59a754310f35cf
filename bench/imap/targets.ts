// What issue 5 promises, as a ratio ours/Dovecot of each figure.
import type { Medians } from '../report'

const ordinary = 1.5
const targets: Record<string, number> = {
  'SORT by date': 0.5,
  'SORT by subject': 0.5,
  'THREAD by references': 0.5,
  'APPEND, a message': 0.5,
  'memory of an idle connection, MB': 1 / 8,
}
/** The index pays where there is much to search. */
const atHundredThousand: Record<string, number> = { 'SEARCH TEXT': 0.01, 'SEARCH BODY': 0.01 }

export interface Verdict {
  ratio: number
  target: number
  met: 'yes' | 'no'
}

export const judgeImap = (
  { posthorn = {}, dovecot = {} }: Medians,
  messages: number,
): Record<string, Verdict> =>
  Object.fromEntries(
    Object.entries(posthorn).map(([walk, ours]) => {
      const large = messages >= 100_000 ? atHundredThousand[walk] : undefined
      const target = large ?? targets[walk] ?? ordinary
      const ratio = ours / (dovecot[walk] ?? NaN)
      return [walk, { ratio, target, met: ratio <= target ? 'yes' : 'no' }]
    }),
  )
