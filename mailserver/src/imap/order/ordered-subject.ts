// THREAD=ORDEREDSUBJECT (RFC 5256 section 3): one base subject is one thread, the first message and the others under it.
import { Forest } from './forest'
import { orderBy } from './ranking'
import type { Gathered } from './thread'

export const orderedSubject = async (
  { chains, at, dates }: Gathered,
  breathe: () => Promise<void>,
): Promise<Forest> => {
  const rootOf = new Map<number, number>()
  const forest = new Forest(at.length)
  const order = await orderBy(at.length, [{ values: dates, direction: 'up' }], breathe)
  for (let next = 0; next < order.length; next += 1) {
    const index = order[next] as number
    const subject = chains.subject(at[index] as number)
    const root = rootOf.get(subject)
    forest.message[index] = index
    if (root === undefined) {
      rootOf.set(subject, index)
      forest.roots.push(index)
    } else forest.append(root, index)
  }
  return forest
}
