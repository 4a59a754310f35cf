// THREAD=ORDEREDSUBJECT (RFC 5256 section 3): one base subject is one thread, the first message and the others under it.
import type { Chains } from './chains'
import type { Forest } from './thread'

/** `wanted` are ascending positions in `chains`. */
export const orderedSubject = async (chains: Chains, wanted: readonly number[]): Promise<Forest> => {
  const { dates, subjects } = chains
  const byDate = wanted.toSorted((a, b) => (dates[a] as number) - (dates[b] as number) || a - b)
  const rootOf = new Map<number, number>()
  const roots: number[] = []
  const children: (number[] | undefined)[] = []
  for (const position of byDate) {
    const subject = subjects[position] as number
    const root = rootOf.get(subject)
    if (root === undefined) {
      rootOf.set(subject, position)
      roots.push(position)
    } else (children[root] ??= []).push(position)
  }
  return { roots, children, message: Int32Array.from(chains.uids, (_, position) => position) }
}
