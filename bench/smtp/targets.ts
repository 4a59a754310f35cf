// What issue 7 promises: rates as ratios ours/theirs, the way into the inbox in milliseconds.
import type { Medians } from '../report'
import type { Verdict } from '../imap/targets'

const leastRate = (walk: string): number => (walk.endsWith(' 1 connection') ? 1 : 2.5)
const longestWay = 50

export const judgeSmtp = ({ posthorn = {}, postfix = {} }: Medians): Record<string, Verdict> =>
  Object.fromEntries(
    Object.entries(posthorn).map(([walk, ours]) => {
      if (!walk.startsWith('messages/s'))
        return [walk, { ratio: ours, target: longestWay, met: ours <= longestWay ? 'yes' : 'no' }]
      const ratio = ours / (postfix[walk] ?? NaN)
      const target = leastRate(walk)
      return [walk, { ratio, target, met: ratio >= target ? 'yes' : 'no' }]
    }),
  )
