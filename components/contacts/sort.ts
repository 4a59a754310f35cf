import { folded } from '@/lib/client/fold'
import type { Contact } from '@/lib/model/contact'

export const shownPerson = ({ name, addresses }: Pick<Contact, 'name' | 'addresses'>): string =>
  name || addresses[0] || ''

/** Which people a list shows: those who were added, those of a group, or those who were only written to. */
export type Circle = { kind: 'all' } | { kind: 'collected' } | { kind: 'group'; group: string }

const isIn = (circle: Circle, { source, groups }: Contact): boolean => {
  if (circle.kind === 'collected') return source === 'collected'
  return source === 'added' && (circle.kind === 'all' || groups.includes(circle.group))
}

const order = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })

/** Of a circle, in the order of a register; with something to look for, whoever has all its words. */
export function choose(list: readonly Contact[], circle: Circle, wanted: string): Contact[] {
  const words = folded(wanted).split(/\s+/).filter(Boolean)
  const has = ({ name, addresses, groups }: Contact): boolean => {
    const text = folded([name, ...addresses, ...groups].join(' '))
    return words.every((word) => text.includes(word))
  }
  return list
    .filter((one) => isIn(circle, one) && (words.length === 0 || has(one)))
    .sort((a, b) => order.compare(shownPerson(a), shownPerson(b)))
}

/** A group that is no more, or goes by another name, is everybody. */
export const circleNow = (circle: Circle, list: readonly Contact[]): Circle =>
  circle.kind === 'group' && !groupsOf(list).includes(circle.group) ? { kind: 'all' } : circle

export const groupsOf = (list: readonly Contact[]): string[] =>
  [...new Set(list.flatMap(({ groups }) => groups))].sort(order.compare)
