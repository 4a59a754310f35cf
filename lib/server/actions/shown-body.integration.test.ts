// How long a server needs for the shown body of a message, whatever kind it is: what this process does for it, from
// the request to the document, the reading of the mail server's answer included. Processor time and the best of
// three, because what else runs on the machine is not the product's doing.
import { expect, it } from 'vitest'
import { onServers, type OnServer } from '../testing/on-servers'
import { seedOf, shownBodies } from '../testing/settings'
import { variedMessages } from '../testing/varied'
import { frameMessage } from './frame-message'
import { forgetOpened } from './opened'

/** What is compiled at first use is not what a message costs. */
const warmUp = 40
const tries = 3

const seed = seedOf()
const { count, on, most } = shownBodies()
const raws = variedMessages(warmUp + count, seed)
let ids: string[] = []

const put = async ({ other }: OnServer): Promise<void> => {
  ids = []
  for (const raw of raws) {
    const done = await other.client.append('INBOX', raw, ['\\Seen'])
    if (!done || !done.uid) throw new Error('the server took no message')
    ids.push(`${done.uidValidity}-${done.uid}`)
  }
}

const milliseconds = async (run: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const percentile = (all: number[], share: number): number =>
  all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0

onServers({ what: 'shown bodies', on, seed: put }, (at) => {
  it(`the body of any of ${count} varied messages (seed ${seed})`, async () => {
    const costs: number[] = []
    for (const [nth, message] of ids.entries()) {
      const place = { who: at.who, folder: 'inbox' as const, message }
      const theme = nth % 2 === 0 ? 'light' : 'dark'
      let best = Infinity
      for (let left = nth < warmUp ? 1 : tries; left > 0; left--) {
        forgetOpened(place)
        best = Math.min(
          best,
          await milliseconds(() => frameMessage(place, { images: 'blocked', theme, font: 'usual' })),
        )
      }
      if (nth >= warmUp) costs.push(best)
    }
    const [p50, p95, worst] = [percentile(costs, 0.5), percentile(costs, 0.95), percentile(costs, 1)]
    console.log(`shown bodies on ${at.kind}: ${[p50, p95, worst].map((ms) => ms.toFixed(1)).join(', ')} ms`)
    expect(p95).toBeLessThanOrEqual(most)
  }, 900_000)
})
