import type { App } from '@/lib/client/app'
import { people } from '@/lib/client/contacts'
import type { Address } from '@/lib/model/address'
import type { Contact } from '@/lib/model/contact'
import type { LetterState } from '../letter'

// Recipients that may be a slip: an address at a domain one letter off one that is known, and somebody new in an
// answer to people one knows. Both are only asked about; what is meant is said once.

// Where most mail of strangers goes to.
const usual =
  `aol.com gmail.com gmx.de gmx.net googlemail.com hotmail.com icloud.com live.com mail.ru me.com msn.com
  naver.com orange.fr outlook.com proton.me protonmail.com qq.com seznam.cz t-online.de web.de yahoo.com
  yandex.ru`.split(/\s+/)

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/** One letter more, less, changed, or two neighbours swapped. */
export function isOneOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left === `${right[1]}${right[0]}`
}

/** Shorter names have honest neighbours everywhere. */
const shortest = 5
const nameOf = (domain: string): string => domain.split('.')[0] ?? ''
/** Nobody knows more, and each recipient is compared with all of them. */
const mostKnown = 5000

/** The known domain that was meant, perhaps; '' where it is known itself, or like none. */
export function nearDomainOf(address: string, known: ReadonlySet<string>): string {
  const domain = domainOf(address)
  if (known.has(domain) || usual.includes(domain)) return ''
  const candidates = [...[...known].slice(0, mostKnown), ...usual]
  return (
    candidates.find((one) => nameOf(one).length >= shortest && domain.length > 5 && isOneOff(domain, one)) ??
    ''
  )
}

const isKnown = ({ source, uses }: Contact): boolean => source === 'added' || uses > 1

/** Domains of people one put among the contacts or wrote to more than once; a slip made once teaches nothing. */
function knownDomains(app: App): ReadonlySet<string> {
  const found = people
    .get()
    .list.filter(isKnown)
    .flatMap(({ addresses }) => addresses.map(domainOf))
  return new Set([domainOf(app.person.address), ...found])
}

export interface Near {
  who: Address
  domain: string
}

type Writing = Pick<LetterState, 'to' | 'cc' | 'bcc' | 'meant'>

export function nearDomains({ to, cc, bcc, meant }: Writing, app: App): Near[] {
  const known = knownDomains(app)
  return [...to, ...cc, ...bcc].flatMap((who) => {
    const domain = meant.has(who.address.toLowerCase()) ? '' : nearDomainOf(who.address, known)
    return domain ? [{ who, domain }] : []
  })
}

/** How many one has to know for somebody else to stand out among them. */
const fewKnown = 2

/** In an answer: somebody one never wrote to, among people one usually writes to. */
export function strangersAmong(list: readonly Address[], known: readonly Contact[]): Address[] {
  const uses = new Map(
    known.flatMap((one) =>
      one.addresses.map((address) => [address.toLowerCase(), isKnown(one) ? 2 : one.uses] as const),
    ),
  )
  const usesOf = ({ address }: Address): number => uses.get(address.toLowerCase()) ?? 0
  const strangers = list.filter((who) => usesOf(who) === 0)
  const usualOnes = list.filter((who) => usesOf(who) > 1)
  return usualOnes.length >= fewKnown && strangers.length < usualOnes.length ? strangers : []
}
